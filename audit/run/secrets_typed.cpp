// What persons type, masked.
#include "audit/run/secrets_typed.h"

#include <algorithm>
#include <initializer_list>
#include <map>

#include "audit/run/secrets.h"

namespace linkaudit::run {
namespace {

void mask_each(std::initializer_list<std::string*> texts, const std::vector<std::string>& parameters) {
  for (std::string* text : texts) *text = mask_words(*text, parameters);
}

}  // namespace

void mask_typed(probes::Observation& attestation, const std::vector<std::string>& parameters) {
  mask_each({&attestation.observer, &attestation.client, &attestation.source, &attestation.note}, parameters);
  std::map<std::string, std::string> masked;
  for (const auto& [name, value] : attestation.facts) {
    const std::string fact = mask_words(name + '=' + value, parameters);
    const std::size_t equals = std::min(fact.find('='), fact.size());
    masked[fact.substr(0, equals)] = fact.substr(std::min(equals + 1, fact.size()));
  }
  attestation.facts = std::move(masked);
}

void mask(log::Annotation& said, const std::vector<std::string>& parameters) {
  mask_each({&said.by, &said.note}, parameters);
}

void mask(log::Remark& remark, const std::vector<std::string>& parameters) {
  mask_each({&remark.owner, &remark.text}, parameters);
}

void mask(log::WaiverRecord& waiver, const std::vector<std::string>& parameters) {
  mask_each({&waiver.justification, &waiver.approver}, parameters);
}

}  // namespace linkaudit::run

#include "audit/query/catalog_differences.h"

#include <utility>

namespace linkaudit::query {
namespace {

// Joins what differs between the members of two values.
class Differences {
 public:
  template <typename Value>
  Differences& of(const char* what, const Value& from, const Value& to) {
    if (!(from == to)) text_ += (text_.empty() ? "" : ", ") + std::string(what);
    return *this;
  }
  const std::string& text() const { return text_; }

 private:
  std::string text_;
};

}  // namespace

std::string differences(const law::Obligation& from, const law::Obligation& to) {
  return Differences()
      .of("effective", from.effective, to.effective)
      .of("until", from.until, to.until)
      .of("zone", from.zone, to.zone)
      .of("scope", from.scope, to.scope)
      .of("requires", from.requires_, to.requires_)
      .of("binds", std::pair(from.binds_host, from.binds_platform), std::pair(to.binds_host, to.binds_platform))
      .of("tier", from.tier, to.tier)
      .text();
}

std::string differences(const law::Waiver& from, const law::Waiver& to) {
  return Differences()
      .of("scope", from.scope, to.scope)
      .of("obligations", from.obligations, to.obligations)
      .of("from", from.from, to.from)
      .of("expires", from.expires, to.expires)
      .of("zone", from.zone, to.zone)
      .text();
}

std::string differences(const law::JudgementSettings& from, const law::JudgementSettings& to) {
  return Differences()
      .of("ttl_days.probe", from.ttl_days_probe, to.ttl_days_probe)
      .of("ttl_days.attestation", from.ttl_days_attestation, to.ttl_days_attestation)
      .of("dispute_days", from.dispute_days, to.dispute_days)
      .text();
}

std::string differences(const law::JudgedPlatform& from, const law::JudgedPlatform& to) {
  return Differences()
      .of("category", from.category, to.category)
      .of("operator", from.operator_id, to.operator_id)
      .of("links", std::pair(from.links, from.kinds), std::pair(to.links, to.kinds))
      .text();
}

std::string differences(const law::JudgedContext& from, const law::JudgedContext& to) {
  return Differences()
      .of("kind", from.kind, to.kind)
      .of("operator", from.operator_id, to.operator_id)
      .of("gateway", from.shared_gateway, to.shared_gateway)
      .text();
}

}  // namespace linkaudit::query

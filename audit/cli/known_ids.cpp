#include "audit/cli/known_ids.h"

#include <algorithm>

#include "audit/cli/session.h"

namespace linkaudit::cli {
namespace {

void require(bool known, const char* option, const std::string& id) {
  if (id.empty() || known) return;
  throw Refused(std::string(option) + ": \"" + id + "\" is not in the catalog; catalog show lists what is");
}

}  // namespace

void require_platform(const catalog::Catalog& catalog, const std::string& id) {
  require(catalog::find_platform(catalog, id) != nullptr, "--platform", id);
}

void require_context(const catalog::Catalog& catalog, const std::string& id) {
  require(catalog::find_context(catalog, id) != nullptr, "--context", id);
}

void require_link(const catalog::Catalog& catalog, const std::string& id) {
  require(catalog::find_link(catalog, id) != nullptr, "--link", id);
}

void require_obligation(const catalog::Catalog& catalog, const std::string& id) {
  const bool known = std::any_of(catalog.obligations.begin(), catalog.obligations.end(),
                                 [&](const law::Obligation& obligation) { return obligation.id == id; });
  require(known, "--obligation", id);
}

}  // namespace linkaudit::cli

#include <algorithm>

#include "audit/catalog/decode.h"
#include "audit/law/judge.h"

namespace linkaudit::catalog {
namespace {

using Known = bool (*)(const Catalog&, const std::string&);

std::vector<std::string> ids_of(Fields& fields, const std::string& key, const Catalog& catalog, Known known,
                                const char* what) {
  std::vector<std::string> ids = fields.texts(key);
  for (const std::string& id : ids) {
    if (!known(catalog, id)) fields.problem(key, "\"" + id + "\" is no " + what + " of this catalog");
  }
  return ids;
}

bool is_host(const Catalog& catalog, const std::string& id) { return find_host(catalog, id) != nullptr; }
bool is_context(const Catalog& catalog, const std::string& id) { return find_context(catalog, id) != nullptr; }
bool is_platform(const Catalog& catalog, const std::string& id) { return find_platform(catalog, id) != nullptr; }
bool is_link(const Catalog& catalog, const std::string& id) { return find_link(catalog, id) != nullptr; }
bool is_kind(const Catalog&, const std::string& id) {
  return std::find(context_kinds().begin(), context_kinds().end(), id) != context_kinds().end();
}
bool is_category(const Catalog& catalog, const std::string& id) {
  return std::any_of(catalog.platforms.begin(), catalog.platforms.end(),
                     [&](const Platform& platform) { return platform.category == id; });
}

law::ScopeTerms terms_of(Fields& fields, const Catalog& catalog) {
  law::ScopeTerms terms;
  terms.hosts = ids_of(fields, "hosts", catalog, is_host, "host");
  terms.contexts = ids_of(fields, "contexts", catalog, is_context, "context");
  terms.kinds = ids_of(fields, "kinds", catalog, is_kind, "kind");
  terms.platforms = ids_of(fields, "platforms", catalog, is_platform, "platform");
  terms.categories = ids_of(fields, "categories", catalog, is_category, "category");
  terms.links = ids_of(fields, "links", catalog, is_link, "link");
  return terms;
}

law::Requires requires_of(const Node& node, const std::string& where, Problems& problems) {
  Fields fields(node, where, problems);
  law::Requires needed;
  for (const std::string& text : fields.texts("outcomes")) {
    if (const auto outcome = probes::outcome_from(text)) needed.outcomes.push_back(*outcome);
    else fields.problem("outcomes", "\"" + text + "\" is no outcome; valid are direct, confirm, login_wall and the like");
  }
  if (fields.node("max_steps") != nullptr) needed.max_steps = fields.number("max_steps", 0, 100, 0);
  for (const std::string& text : fields.texts("parity")) {
    if (const auto over = law::parity_from(text)) needed.parity.push_back(*over);
    else fields.problem("parity", "\"" + text + "\" is not valid; valid are outcome, presentation, steps");
  }
  if (needed == law::Requires{}) problems.add(fields.place(), where + ": asks nothing; valid keys are max_steps, outcomes, parity");
  fields.finish();
  return needed;
}

law::Obligation obligation_of(const Identified& item, const Catalog& catalog, Problems& problems) {
  const std::string where = "obligations." + item.id;
  Fields fields(*item.node, where, problems);
  law::Obligation obligation;
  obligation.id = fields.required("id");
  fields.flag("enabled", true);
  obligation.authority = fields.bilingual("authority", true);
  obligation.title = fields.bilingual("title", true);
  obligation.text = fields.bilingual("text", false);
  obligation.source = fields.bilingual("source", false);
  obligation.clause = fields.text("clause");
  obligation.effective = date_of(fields, "effective");
  if (fields.node("until") != nullptr) {
    obligation.until = date_of(fields, "until");
    if (*obligation.until <= obligation.effective) fields.problem("until", "must lie after effective");
  }
  obligation.zone = zone_of(fields, "zone", catalog.zone);
  obligation.standing = *law::standing_from(fields.one_of("standing", {"mandatory", "trial", "reported"}, "mandatory"));
  obligation.scope = scope_of(fields.node("scope"), where + ".scope", catalog, problems);
  if (const Node* needed = fields.node("requires")) obligation.requires_ = requires_of(*needed, where + ".requires", problems);
  else problems.add(fields.place(), where + ": requires is missing");
  if (fields.node("binds") != nullptr) {
    obligation.binds_host = obligation.binds_platform = false;
    for (const std::string& party : fields.texts("binds")) {
      if (party == "host") obligation.binds_host = true;
      else if (party == "platform") obligation.binds_platform = true;
      else fields.problem("binds", "\"" + party + "\" is not valid; valid are host, platform");
    }
  }
  obligation.tier = *probes::tier_from(fields.one_of("tier", {"in_app", "gateway", "target"}, "in_app"));
  fields.finish();
  return obligation;
}

law::Waiver waiver_of(const Identified& item, const Catalog& catalog, Problems& problems) {
  const std::string where = "waivers." + item.id;
  Fields fields(*item.node, where, problems);
  law::Waiver waiver;
  waiver.id = fields.required("id");
  fields.flag("enabled", true);
  waiver.scope = scope_of(fields.node("scope"), where + ".scope", catalog, problems);
  if (waiver.scope == law::Scope{}) problems.add(fields.place(), where + ": scope is missing");
  waiver.justification = fields.required("justification");
  waiver.approver = fields.required("approver");
  waiver.from = date_of(fields, "from");
  waiver.expires = date_of(fields, "expires");
  if (waiver.expires <= waiver.from) fields.problem("expires", "must lie after from");
  waiver.zone = zone_of(fields, "zone", catalog.zone);
  fields.finish();
  return waiver;
}

}  // namespace

law::Scope scope_of(const Node* node, const std::string& where, const Catalog& catalog, Problems& problems) {
  law::Scope scope;
  if (node == nullptr) return scope;
  Fields fields(*node, where, problems);
  scope.terms = terms_of(fields, catalog);
  if (const Node* except = fields.node("except")) {
    Fields inner(*except, where + ".except", problems);
    scope.except = terms_of(inner, catalog);
    inner.finish();
  }
  fields.finish();
  return scope;
}

void decode_obligations(const Node* list, Catalog& catalog, Problems& problems) {
  for (const Identified& item : identified(list, "obligations", problems)) {
    catalog.obligations.push_back(obligation_of(item, catalog, problems));
  }
}

void decode_waivers(const Node* list, Catalog& catalog, Problems& problems) {
  for (const Identified& item : identified(list, "waivers", problems)) {
    catalog.waivers.push_back(waiver_of(item, catalog, problems));
  }
}

}  // namespace linkaudit::catalog

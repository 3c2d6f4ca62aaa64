#include <algorithm>

#include "audit/catalog/decode.h"
#include "audit/law/judge.h"

namespace linkaudit::catalog {
namespace {

// What a reference may name: each list of ids in the catalog's order.
using Ids = std::vector<std::string> (*)(const Catalog&);

std::vector<std::string> hosts_in(const Catalog& catalog) {
  return ids(catalog.hosts);
}
std::vector<std::string> platforms_in(const Catalog& catalog) {
  return ids(catalog.platforms);
}
std::vector<std::string> obligations_in(const Catalog& catalog) {
  return ids(catalog.obligations);
}
std::vector<std::string> kinds_in(const Catalog&) {
  return context_kinds();
}
std::vector<std::string> contexts_in(const Catalog& catalog) {
  std::vector<std::string> all;
  for (const Host& host : catalog.hosts) {
    for (const HostContext& context : host.contexts) all.push_back(context.id);
  }
  return all;
}
std::vector<std::string> links_in(const Catalog& catalog) {
  std::vector<std::string> all;
  for (const Platform& platform : catalog.platforms) {
    for (const probes::Link& link : platform.links) all.push_back(link.id);
  }
  return all;
}
std::vector<std::string> categories_in(const Catalog& catalog) {
  std::vector<std::string> all;
  for (const Platform& platform : catalog.platforms) {
    if (std::find(all.begin(), all.end(), platform.category) == all.end()) all.push_back(platform.category);
  }
  return all;
}

std::vector<std::string> references(Fields& fields, const std::string& key, const Catalog& catalog, Ids valid,
                                    const std::string& what) {
  std::vector<std::string> named = fields.texts(key);
  if (const Node* given = fields.node(key);
      named.empty() && given != nullptr && given->kind() == Node::Kind::list && given->items().empty()) {
    fields.problem(key, "is empty; without the key everything is meant");
  }
  if (named.empty()) return named;
  const std::vector<std::string> known = valid(catalog);
  for (const std::string& id : named) check_reference(fields, key, id, known, what);
  return named;
}

std::string outcome_names() {
  std::string names;
  for (const probes::Outcome outcome : probes::kOutcomes) {
    names += (names.empty() ? "" : ", ") + std::string(probes::name(outcome));
  }
  return names;
}

law::Requires requires_of(const Node& node, const std::string& where, Problems& problems) {
  const std::size_t before = problems.size();
  Fields fields(node, where, problems);
  law::Requires needed;
  for (const std::string& text : fields.texts("outcomes")) {
    if (const auto outcome = probes::outcome_from(text))
      needed.outcomes.push_back(*outcome);
    else
      fields.problem("outcomes", "\"" + text + "\" is no outcome; valid are " + outcome_names());
  }
  if (fields.node("max_steps") != nullptr) needed.max_steps = fields.number("max_steps", 0, 100, 0);
  for (const std::string& text : fields.texts("parity")) {
    if (const auto over = law::parity_from(text))
      needed.parity.push_back(*over);
    else
      fields.problem("parity", "\"" + text + "\" is not valid; valid are outcome, presentation, steps");
  }
  fields.finish();
  if (problems.size() == before && needed == law::Requires{}) {
    problems.add(fields.place(), where + ": asks nothing; valid keys are max_steps, outcomes, parity");
  }
  return needed;
}

law::Obligation obligation_of(const Identified& item, const Catalog& catalog, Problems& problems) {
  const std::string where = "obligations." + std::string(item.id);
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
    if (*obligation.until != law::Date{} && *obligation.until <= obligation.effective)
      fields.problem("until", "must lie after effective");
  }
  obligation.zone = zone_of(fields, "zone", catalog.zone);
  obligation.standing = *law::standing_from(fields.one_of("standing", {"mandatory", "trial", "reported"}, "mandatory"));
  obligation.scope = scope_of(fields.node("scope"), where + ".scope", catalog, problems);
  if (const Node* needed = fields.node("requires"))
    obligation.requires_ = requires_of(*needed, where + ".requires", problems);
  else
    problems.add(fields.place(), where + ": requires is missing");
  if (fields.node("binds") != nullptr) {
    obligation.binds_host = obligation.binds_platform = false;
    for (const std::string& party : required_texts(fields, "binds")) {
      if (party == "host")
        obligation.binds_host = true;
      else if (party == "platform")
        obligation.binds_platform = true;
      else
        fields.problem("binds", "\"" + party + "\" is not valid; valid are host, platform");
    }
  }
  obligation.tier = *probes::tier_from(fields.one_of("tier", {"in_app", "gateway", "target"}, "in_app"));
  fields.finish();
  return obligation;
}

law::Waiver waiver_of(const Identified& item, const Catalog& catalog, Problems& problems) {
  const std::string where = "waivers." + std::string(item.id);
  Fields fields(*item.node, where, problems);
  law::Waiver waiver;
  waiver.id = fields.required("id");
  fields.flag("enabled", true);
  waiver.obligations = references(fields, "obligations", catalog, obligations_in, "obligation");
  waiver.scope = scope_of(fields.node("scope"), where + ".scope", catalog, problems);
  if (waiver.scope == law::Scope{}) problems.add(fields.place(), where + ": scope is missing");
  waiver.justification = fields.required("justification");
  waiver.approver = fields.required("approver");
  waiver.from = date_of(fields, "from");
  waiver.expires = date_of(fields, "expires");
  if (waiver.expires != law::Date{} && waiver.expires <= waiver.from) fields.problem("expires", "must lie after from");
  waiver.zone = zone_of(fields, "zone", catalog.zone);
  fields.finish();
  return waiver;
}

}  // namespace

law::ScopeTerms terms_of(Fields& fields, const Catalog& catalog) {
  law::ScopeTerms terms;
  terms.hosts = references(fields, "hosts", catalog, hosts_in, "host");
  terms.contexts = references(fields, "contexts", catalog, contexts_in, "context");
  terms.kinds = references(fields, "kinds", catalog, kinds_in, "kind");
  terms.platforms = references(fields, "platforms", catalog, platforms_in, "platform");
  terms.categories = references(fields, "categories", catalog, categories_in, "category");
  terms.links = references(fields, "links", catalog, links_in, "link");
  return terms;
}

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

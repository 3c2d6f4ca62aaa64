#include <algorithm>

#include "audit/catalog/decode.h"

namespace linkaudit::catalog {
namespace {

std::vector<int> statuses_of(Fields& fields) {
  std::vector<int> statuses;
  for (const std::string& text : fields.texts("status")) {
    const bool digits =
        text.size() == 3 && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (digits && text >= "100" && text <= "599")
      statuses.push_back(std::stoi(text));
    else
      fields.problem("status", "\"" + text + "\" is not valid; valid are 100 to 599");
  }
  return statuses;
}

probes::Condition condition_of(const Node& node, const std::string& where, Problems& problems) {
  const std::size_t before = problems.size();
  Fields fields(node, where, problems);
  probes::Condition condition;
  condition.url_host = fields.texts("url_host");
  check_domains(fields, "url_host", condition.url_host);
  condition.url_path = fields.texts("url_path");
  condition.url = fields.texts("url");
  condition.url_regex = fields.text("url_regex");
  condition.body_any = fields.texts("body_any");
  condition.body_all = fields.texts("body_all");
  condition.body_regex = fields.text("body_regex");
  condition.title_regex = fields.text("title_regex");
  for (const char* key : {"url_regex", "body_regex", "title_regex"}) check_pattern(fields, key, fields.text(key));
  condition.status = statuses_of(fields);
  if (const Node* header = fields.node("header")) {
    Fields each(*header, where + ".header", problems);
    condition.header = probes::HeaderCondition{each.required("name"), each.text("regex")};
    check_pattern(each, "regex", condition.header->regex);
    each.finish();
  }
  if (const Node* json = fields.node("json")) {
    Fields each(*json, where + ".json", problems);
    condition.json = probes::JsonCondition{each.required("var"), each.required("field"), each.required("value")};
    each.finish();
  }
  fields.finish();
  // An empty list asks as little as no key: such a rule would hold on every page.
  if (problems.size() == before && condition == probes::Condition{}) {
    problems.add(node.place(), where + ": asks nothing; at least one key is needed");
  }
  return condition;
}

probes::Rule rule_of(const Identified& item, const Catalog& catalog, Problems& problems) {
  const std::string where = "rules." + std::string(item.id);
  Fields fields(*item.node, where, problems);
  probes::Rule rule;
  rule.id = fields.required("id");
  fields.flag("enabled", true);
  rule.version = fields.number("version", 1, 1000000, 1);
  rule.host = fields.text("host");
  if (!rule.host.empty()) check_reference(fields, "host", rule.host, ids(catalog.hosts), "host");
  rule.platform = fields.text("platform");
  if (!rule.platform.empty()) check_reference(fields, "platform", rule.platform, ids(catalog.platforms), "platform");
  if (fields.required("by") == "host") rule.by = probes::RuleParty::host;
  fields.one_of("by", {"host", "platform"}, "platform");
  std::vector<std::string> outcomes;
  for (const probes::Outcome outcome : probes::kOutcomes) outcomes.emplace_back(name(outcome));
  fields.required("outcome");
  rule.outcome = *probes::outcome_from(fields.one_of("outcome", outcomes, "blocked"));
  if (const Node* when = fields.node("when"))
    rule.when = condition_of(*when, where + ".when", problems);
  else
    problems.add(fields.place(), where + ": when is missing");
  if (const Node* exceptions = fields.node("not_if")) {
    if (exceptions->kind() == Node::Kind::list) {
      for (const Node& each : exceptions->items())
        rule.not_if.push_back(condition_of(each, where + ".not_if", problems));
    } else {
      rule.not_if.push_back(condition_of(*exceptions, where + ".not_if", problems));
    }
  }
  rule.source = fields.text("source");
  fields.finish();
  return rule;
}

}  // namespace

void decode_rules(const Node* list, Catalog& catalog, Problems& problems) {
  for (const Identified& item : identified(list, "rules", problems)) {
    catalog.rules.push_back(rule_of(item, catalog, problems));
  }
}

}  // namespace linkaudit::catalog

#include "audit/query/readings.h"

#include <nlohmann/json.hpp>

namespace linkaudit::query {
namespace {

using nlohmann::json;

struct Reading {
  std::string outcome, rule, page;
  int version = 0;

  std::string text() const { return rule.empty() ? "-" : rule + " v" + std::to_string(version); }
};

std::string text(const json& record, const char* member) {
  const auto found = record.find(member);
  return found != record.end() && found->is_string() ? found->get<std::string>() : std::string();
}

// From the record itself: of a few entries, and nothing else of them is wanted.
std::vector<Reading> readings_of(const log::Log& log, const law::Finding& finding) {
  std::vector<Reading> readings;
  for (const std::int64_t number : finding.entries) {
    const auto entry = log.entry(number);
    if (!entry || entry->type != log::EntryType::observation) continue;
    const json record = json::parse(entry->record);
    Reading& reading = readings.emplace_back();
    reading.outcome = text(record, "outcome");
    reading.rule = text(record, "rule");
    reading.version = record.value("rule_version", 0);
    const auto page = record.find("page");
    if (page != record.end() && page->is_array() && page->size() == 2) reading.page = page->back().get<std::string>();
  }
  return readings;
}

bool by_another_rule(const Reading& before, const Reading& after) {
  return before.rule != after.rule || before.version != after.version;
}

}  // namespace

RuleChange rule_change(const log::Log& log, const law::Finding& before, const law::Finding& after) {
  RuleChange found;
  const std::vector<Reading> readings = readings_of(log, after);
  for (const Reading& was : readings_of(log, before)) {
    for (const Reading& is : readings) {
      if (was.outcome == is.outcome || !by_another_rule(was, is)) continue;
      const bool same_page = !was.page.empty() && was.page == is.page;
      const bool same_rule = !was.rule.empty() && was.rule == is.rule;
      if (!same_page && (!same_rule || found.reason)) continue;
      found.how = same_page ? ReadOtherwise::same_page : ReadOtherwise::another_page;
      found.reason = Reason{"rule", is.rule.empty() ? was.rule : is.rule, "changed", was.text() + " -> " + is.text()};
      if (same_page) return found;
    }
  }
  return found;
}

}  // namespace linkaudit::query

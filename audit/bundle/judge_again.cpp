#include "audit/bundle/judge_again.h"

#include <algorithm>
#include <vector>

#include "audit/bundle/strict_json.h"
#include "audit/catalog/load.h"
#include "audit/law/calendar.h"
#include "audit/law/judge.h"
#include "audit/log/record.h"
#include "audit/log/span_of_look.h"
#include "audit/query/as_json.h"
#include "audit/query/spans.h"

namespace linkaudit::bundle {
namespace {

using nlohmann::json;

[[noreturn]] void refuse_finding(const std::string& what) {
  throw Misfit("finding.json: " + what);
}

catalog::Catalog catalog_of(const Parts& parts) {
  std::vector<catalog::Source> sources = {{"catalog.yaml", part_of(parts, "catalog.yaml")}};
  auto loaded = catalog::load(std::move(sources), false, catalog::Purpose::recalling);
  if (!loaded) throw Misfit("cannot be judged again: " + loaded.error().front().message());
  return std::move(*loaded);
}

class SpanReader {
 public:
  SpanReader(const Parts& parts, bool simulated) : parts_(parts), simulated_(simulated) {}

  log::SpanRow span(const json& basis) {
    const std::int64_t first = entry_number(basis.at("first")), last = entry_number(basis.at("last"));
    log::SpanRow span = span_of(first), end = span_of(last);
    span.last = end.last;
    span.last_entry = end.last_entry;
    span.valid_days = end.valid_days;
    span.count = entry_number(basis.at("count"));
    end.first = span.first;
    end.first_entry = span.first_entry;
    end.count = span.count;
    const bool in_order = first == last ? span.count == 1 : span.count > 1 && span.first <= span.last;
    if (!in_order || span != end) {
      refuse_finding("entries " + basis.at("first").dump() + " and " + basis.at("last").dump() +
                     " are not the ends of one state that was seen");
    }
    return span;
  }

 private:
  // Of a single look.
  log::SpanRow span_of(std::int64_t entry) {
    const probes::Observation seen = observation(entry);
    if (seen.simulated != simulated_)
      refuse_finding("entry " + std::to_string(entry) + " is not of the world that it says");
    return log::span_of_look(seen, entry);
  }

  probes::Observation observation(std::int64_t entry) {
    try {
      return log::read_observation(part_of(parts_, entry_part(entry)),
                                   [&](const log::Digest& digest) -> const probes::Observation& {
                                     facts_ =
                                         log::read_facts(part_of(parts_, "facts/" + log::to_hex(digest) + ".json"));
                                     return facts_;
                                   })
          .observation;
    } catch (const std::invalid_argument& error) {
      throw Misfit(entry_part(entry) + ": " + error.what());
    }
  }

  const Parts& parts_;
  bool simulated_;
  probes::Observation facts_;
};

std::string value_of(const json& document, const std::string& member) {
  return document.contains(member) ? document.at(member).dump() : "absent";
}

// The status first: it is what a reader looks at.
void require_same(const json& said, const json& made) {
  std::vector<std::string> members = {"status"};
  for (const json& document : {said, made}) {
    for (const auto& [member, value] : document.items()) members.push_back(member);
  }
  for (const std::string& member : members) {
    const std::string says = value_of(said, member), makes = value_of(made, member);
    if (says != makes) {
      refuse_finding("does not follow from its entries: says " + member + ' ' + says + ", but by catalog.yaml it is " +
                     makes);
    }
  }
}

}  // namespace

void require_same_judgement(const Parts& parts, const json& document) {
  const catalog::Catalog catalog = catalog_of(parts);
  const bool simulated = document.at("simulated").get<bool>();
  if (catalog.simulated != simulated) refuse_finding("is not of the world that catalog.yaml speaks of");
  const auto as_of = law::parse_instant(document.at("as_of").get<std::string>());
  if (!as_of) refuse_finding("as_of is no instant");
  SpanReader reader(parts, simulated);
  query::Spans spans;
  for (const json& basis : document.at("basis")) spans.add(reader.span(basis));
  const json& said = document.at("finding");
  for (const law::Finding& finding : law::judge(catalog::policy_of(catalog), spans.list(), *as_of)) {
    if (said.at("obligation") == finding.obligation && said.at("platform") == finding.platform &&
        said.at("context") == finding.context) {
      return require_same(said, query::to_json(finding));
    }
  }
  refuse_finding("is about what catalog.yaml asks nothing of");
}

}  // namespace linkaudit::bundle

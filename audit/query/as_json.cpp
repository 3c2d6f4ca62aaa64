#include "audit/query/as_json.h"

#include <nlohmann/json.hpp>

#include "audit/law/calendar.h"
#include "audit/log/record_json.h"
#include "audit/query/open.h"

namespace linkaudit::query {
namespace {

using nlohmann::json;

json instant(const std::optional<Instant>& value) {
  return value ? json(law::format_instant(*value, "UTC")) : json(nullptr);
}

template <typename Enum>
json named(const std::optional<Enum>& value) {
  return value ? json(std::string(name(*value))) : json(nullptr);
}

template <typename Value>
json optional(const std::optional<Value>& value) {
  return value ? json(*value) : json(nullptr);
}

json text_or_null(const std::string& text) {
  return text.empty() ? json(nullptr) : json(text);
}

json words(const std::vector<law::Word>& all) {
  json list = json::array();
  for (const law::Word& word : all) {
    list.push_back({{"link", word.link},
                    {"source", word.source},
                    {"tier", name(word.tier)},
                    {"outcome", name(word.outcome)},
                    {"at", instant(word.at)},
                    {"entry", word.entry}});
  }
  return list;
}

json open(const law::Finding& finding) {
  json reasons = json::array();
  for (const OpenReason reason : open_reasons(finding)) reasons.push_back(name(reason));
  return reasons;
}

json contradiction(const std::optional<law::Contradiction>& value) {
  if (!value) return nullptr;
  return {{"tier", name(value->tier)},
          {"outcome", name(value->outcome)},
          {"since", instant(value->since)},
          {"entry", value->entry}};
}

}  // namespace

json to_json(const law::Finding& finding) {
  return {{"obligation", finding.obligation},
          {"platform", text_or_null(finding.platform)},
          {"context", text_or_null(finding.context)},
          {"status", name(finding.status)},
          {"would_be", named(finding.would_be)},
          {"confidence", named(finding.confidence)},
          {"outcome", named(finding.outcome)},
          {"steps", optional(finding.steps)},
          {"presentation", named(finding.presentation)},
          {"tier", named(finding.tier)},
          {"since", instant(finding.since)},
          {"last", instant(finding.last)},
          {"days_overdue", optional(finding.days_overdue)},
          {"unmeasured_days", optional(finding.unmeasured_days)},
          {"blame", named(finding.blame)},
          {"cured_on", finding.cured_on ? json(law::format_date(*finding.cured_on)) : json(nullptr)},
          {"relapsed", finding.relapsed},
          {"disputed", finding.disputed},
          {"stale", finding.stale},
          {"soft", finding.soft},
          {"contradicted_by", contradiction(finding.contradicted_by)},
          {"links", finding.links},
          {"measured_links", finding.measured_links},
          {"breached_links", finding.breached_links},
          {"compared_with", finding.compared_with},
          {"waiver", text_or_null(finding.waiver)},
          {"open", open(finding)},
          {"words", words(finding.words)},
          {"entries", finding.entries}};
}

json to_json(const law::MatrixCell& cell) {
  return {{"platform", cell.platform},
          {"context", cell.context},
          {"outcome", named(cell.outcome)},
          {"blame", named(cell.blame)},
          {"tier", named(cell.tier)},
          {"confidence", named(cell.confidence)},
          {"links", cell.links},
          {"measured_links", cell.measured},
          {"direct", cell.direct},
          {"since", instant(cell.since)},
          {"last", instant(cell.last)},
          {"stale", cell.stale},
          {"disputed", cell.disputed},
          {"soft", cell.soft},
          {"entries", cell.entries}};
}

static json to_json(const Reason& reason) {
  return {{"kind", reason.kind},
          {"id", text_or_null(reason.id)},
          {"change", reason.change},
          {"detail", text_or_null(reason.detail)}};
}

json to_json(const Change& change) {
  json reasons = json::array();
  for (const Reason& reason : change.reasons) reasons.push_back(to_json(reason));
  return {{"change", name(change.kind)},
          {"obligation", change.shown().obligation},
          {"platform", text_or_null(change.shown().platform)},
          {"context", text_or_null(change.shown().context)},
          {"from", change.is_new ? json(nullptr) : json(name(change.before.status))},
          {"to", change.is_gone ? json(nullptr) : json(name(change.after.status))},
          {"would_be_from", named(change.before.would_be)},
          {"would_be_to", named(change.after.would_be)},
          {"cause", named(change.cause)},
          {"reasons", std::move(reasons)},
          {"entries_from", change.before.entries},
          {"outcome_from", named(change.before.outcome)},
          {"outcome_to", named(change.after.outcome)},
          {"since", instant(change.after.since)},
          {"blame", named(change.after.blame)},
          {"confidence", named(change.after.confidence)},
          {"entries", change.after.entries}};
}

json to_json(const Accounting& accounting) {
  return {{"planned", accounting.planned},           {"observed", accounting.observed},   {"gaps", accounting.gaps},
          {"attestations", accounting.attestations}, {"withdrawn", accounting.withdrawn}, {"runs", accounting.runs}};
}

json to_json(const Period& period) {
  json document = to_json(period.accounting);
  document["period"] = period.name;
  return document;
}

json to_json(const Totals& totals) {
  json document = {{"findings", totals.findings}, {"in_force", totals.in_force}, {"confirmed", totals.confirmed}};
  for (const law::Status status : {law::Status::breached, law::Status::met, law::Status::undetermined,
                                   law::Status::exempt, law::Status::not_due}) {
    document[std::string(name(status))] = totals.of(status);
  }
  return document;
}

json to_json(const WaiverShown& shown) {
  const std::optional<law::WaiverUse>& use = shown.use;
  json document = {{"id", shown.waiver.id},
                   {"state", name(shown.state)},
                   {"begins", instant(law::start_of_day(shown.waiver.from, shown.waiver.zone))},
                   {"ends", instant(law::start_of_day(shown.waiver.expires, shown.waiver.zone))},
                   {"justification", shown.waiver.justification},
                   {"approver", shown.waiver.approver},
                   {"findings", use ? use->findings : 0},
                   {"exempt", use ? use->exempt : 0},
                   {"breached", use ? use->breached : 0},
                   {"recorded", shown.recorded},
                   {"last_known", instant(shown.last_known)},
                   {"changes", json::array()}};
  for (const WaiverMark& mark : shown.marks) {
    document["changes"].push_back({{"change", name(mark.change)}, {"at", instant(mark.at)}, {"entry", mark.entry}});
  }
  return document;
}

json to_json(const log::LoggedAnnotation& logged) {
  const log::Annotation& said = logged.annotation;
  return {{"entry", logged.entry},
          {"at", instant(said.at)},
          {"kind", name(said.kind)},
          {"about", said.about},
          {"by", said.by},
          {"note", said.note},
          {"replaced_by", said.replacement == 0 ? json(nullptr) : json(said.replacement)}};
}

json to_json(const log::LoggedObservation& logged) {
  json document = log::to_json(logged.observation, logged.entry);
  const log::LoggedAnnotation* withdrawn = logged.withdrawn();
  document["withdrawn"] = withdrawn == nullptr ? json(nullptr) : to_json(*withdrawn);
  document["corrects"] = optional(logged.corrects);
  document["annotations"] = json::array();
  for (const log::LoggedAnnotation& each : logged.annotations) document["annotations"].push_back(to_json(each));
  return document;
}

json to_json(const HistorySpan& each) {
  const log::SpanRow& span = each.span;
  return {{"link", span.link},
          {"platform", span.platform},
          {"context", span.context},
          {"tier", name(span.tier)},
          {"source", span.source},
          {"outcome", name(span.outcome)},
          {"blame", name(span.blame)},
          {"rule", text_or_null(span.rule)},
          {"context_specific", optional(span.context_specific)},
          {"steps", optional(span.steps)},
          {"presentation", named(span.presentation)},
          {"failure", text_or_null(span.failure)},
          {"first", instant(span.first)},
          {"last", instant(span.last)},
          {"count", span.count},
          {"first_entry", span.first_entry},
          {"last_entry", span.last_entry},
          {"ended_by", optional(each.ended_by)}};
}

json findings_list(const std::vector<law::Finding>& findings) {
  json list = json::array();
  for (const law::Finding& finding : findings) list.push_back(to_json(finding));
  return list;
}

json findings_document(const View& view) {
  json totals = to_json(totals_of(view.findings));
  totals["without_waivers"] = to_json(totals_of(view.unwaived()));
  json waivers = json::array();
  for (const WaiverShown& waiver : view.waivers) waivers.push_back(to_json(waiver));
  return {{"as_of", instant(view.horizon.as_of)}, {"known_entry", optional(view.horizon.known_entry)},
          {"simulated", view.horizon.simulated},  {"findings", findings_list(view.findings)},
          {"totals", std::move(totals)},          {"waivers", std::move(waivers)}};
}

json matrix_document(const MatrixView& view) {
  json list = json::array();
  for (const law::MatrixCell& cell : view.cells) list.push_back(to_json(cell));
  return {{"as_of", instant(view.horizon.as_of)},
          {"known_entry", optional(view.horizon.known_entry)},
          {"simulated", view.horizon.simulated},
          {"cells", std::move(list)}};
}

}  // namespace linkaudit::query

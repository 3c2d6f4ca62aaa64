// Records read back into values.
#include "audit/log/record_head.h"

namespace linkaudit::log {

nlohmann::json parse_record(std::string_view text) {
  nlohmann::json value = nlohmann::json::parse(text, nullptr, false);
  if (value.is_discarded()) throw std::invalid_argument("the record is not JSON");
  return value;
}

RecordHead head_from(Fields& fields) {
  RecordHead head;
  head.type = fields.required_named("type", entry_type_from);
  head.at = fields.required_instant("at");
  head.recorded_at = fields.required_instant("recorded_at");
  return head;
}

Digest digest_from(Fields& fields, const char* name) {
  const auto digest = digest_from_hex(fields.required_text(name));
  if (!digest) fields.fail(name, "is not a SHA-256 digest");
  return *digest;
}

probes::RuleReference rule_from(Fields& fields) {
  return {fields.text("rule"), fields.small_integer("rule_version").value_or(0)};
}

namespace {

ScopeLists scope_lists_from(Fields& outer, const char* name) {
  const nlohmann::json* value = outer.find(name);
  if (value == nullptr) return {};
  Fields fields(*value, outer.place_of(name) + ".");
  ScopeLists lists;
  for (const auto& member : value->items()) lists[member.key()] = text_list_from(fields, member.key().c_str());
  return lists;
}

}  // namespace

Gap read_gap(std::string_view record, RecordHead* head) {
  return read_all(record, head, [](Fields& fields, RecordHead& common) {
    Gap gap;
    gap.at = common.at;
    gap.link = fields.text("link");
    gap.context = fields.text("context");
    gap.detail = fields.text("detail");
    gap.schedule = fields.text("schedule");
    gap.reason = fields.required_text("reason");
    gap.method = fields.text("method");
    gap.vantage = fields.text("vantage");
    gap.simulated = fields.boolean("simulated", false);
    return gap;
  });
}

RunRecord read_run(std::string_view record, RecordHead* head) {
  return read_all(record, head, [](Fields& fields, RecordHead& common) {
    RunRecord run;
    run.at = common.at;
    run.ended = fields.required_instant("ended");
    run.trigger = fields.text("trigger");
    run.schedule = fields.text("schedule");
    run.vantage = fields.text("vantage");
    run.simulated = fields.boolean("simulated", false);
    run.planned = fields.integer("planned", 0);
    run.observed = fields.integer("observed", 0);
    Fields gaps(fields.require("gaps"), "gaps.");
    for (const auto& [reason, count] : fields.require("gaps").items()) {
      run.gaps.emplace_back(reason, gaps.integer(reason.c_str(), 0));
    }
    run.catalog_version = fields.text("catalog_version");
    return run;
  });
}

CatalogRecord read_catalog(std::string_view record, RecordHead* head) {
  return read_all(record, head, [](Fields& fields, RecordHead& common) {
    CatalogRecord catalog;
    catalog.at = common.at;
    common.kept = kept_from(fields);
    catalog.sha256 = fields.required_text("sha256");
    catalog.schedules = text_list_from(fields, "schedules");
    return catalog;
  });
}

Annotation read_annotation(std::string_view record, RecordHead* head) {
  return read_all(record, head, [](Fields& fields, RecordHead& common) {
    Annotation annotation;
    annotation.at = common.at;
    annotation.kind = fields.required_named("kind", annotation_kind_from);
    fields.require("about");
    annotation.about = fields.integer("about", 0);
    annotation.by = fields.required_text("by");
    annotation.note = fields.required_text("note");
    annotation.replacement = fields.integer("replacement", 0);
    annotation.simulated = fields.boolean("simulated", false);
    return annotation;
  });
}

WaiverRecord read_waiver(std::string_view record, RecordHead* head) {
  return read_all(record, head, [](Fields& fields, RecordHead& common) {
    WaiverRecord waiver;
    waiver.at = common.at;
    waiver.change = fields.required_named("change", waiver_change_from);
    waiver.id = fields.required_text("id");
    waiver.justification = fields.required_text("justification");
    waiver.approver = fields.required_text("approver");
    waiver.from = fields.required_text("from");
    waiver.expires = fields.required_text("expires");
    waiver.zone = fields.required_text("zone");
    waiver.scope = scope_lists_from(fields, "scope");
    waiver.except = scope_lists_from(fields, "except");
    waiver.obligations = text_list_from(fields, "obligations");
    waiver.last_known = fields.instant("last_known");
    waiver.catalog_version = fields.text("catalog_version");
    waiver.simulated = fields.boolean("simulated", false);
    return waiver;
  });
}

// The member `kind`: in a canonical record these bytes can stand nowhere else.
bool is_remark(std::string_view record) {
  return record.find("\"kind\":\"remark\"") != std::string_view::npos;
}

Remark read_remark(std::string_view record, RecordHead* head) {
  return read_all(record, head, [](Fields& fields, RecordHead& common) {
    Remark remark;
    remark.at = common.at;
    fields.require("kind");
    remark.obligation = fields.required_text("obligation");
    remark.platform = fields.text("platform");
    remark.context = fields.text("context");
    remark.owner = fields.text("owner");
    remark.action = fields.text("action");
    remark.due = fields.text("due");
    remark.text = fields.text("text");
    remark.source = fields.text("source");
    remark.simulated = fields.boolean("simulated", false);
    return remark;
  });
}

IssuedReport read_report(std::string_view record, RecordHead* head) {
  return read_all(record, head, [](Fields& fields, RecordHead& common) {
    IssuedReport report;
    report.at = common.at;
    const auto as_of = fields.instant("as_of");
    if (!as_of) fields.fail("as_of", "is missing");
    report.as_of = *as_of;
    report.since = fields.instant("since");
    if (fields.find("known_entry") != nullptr) report.known_entry = fields.integer("known_entry", 0);
    report.report = fields.required_text("report");
    report.language = fields.required_text("language");
    report.file = fields.required_text("file");
    report.sha256 = to_hex(digest_from(fields, "sha256"));
    report.bytes = fields.integer("bytes", 0);
    report.tree_size = fields.integer("tree_size", 0);
    report.root = to_hex(digest_from(fields, "root"));
    report.catalog_version = fields.text("catalog_version");
    report.options = text_list_from(fields, "options");
    report.simulated = fields.boolean("simulated", false);
    return report;
  });
}

RecordHead read_head(std::string_view record) {
  const nlohmann::json value = parse_record(record);
  Fields fields(value, "");
  RecordHead head = head_from(fields);
  if (fields.find("facts") != nullptr) head.facts = digest_from(fields, "facts");
  return head;
}

}  // namespace linkaudit::log

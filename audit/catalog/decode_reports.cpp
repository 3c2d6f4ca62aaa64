#include <algorithm>
#include <charconv>

#include "audit/catalog/decode.h"

namespace linkaudit::catalog {
namespace {

// "#1F4E79"; anything else is refused at the key.
std::optional<std::uint32_t> colour_of(Fields& fields, const std::string& key) {
  const std::string text = fields.text(key);
  if (text.empty()) return std::nullopt;
  std::uint32_t colour = 0;
  const char* begin = text.data() + 1;
  const char* end = text.data() + text.size();
  const bool read = text.size() == 7 && text.front() == '#' && std::from_chars(begin, end, colour, 16).ptr == end;
  if (read) return colour;
  fields.problem(key, "\"" + text + "\" is no colour; valid is #RRGGBB, as \"#1F4E79\"");
  return std::nullopt;
}

// What `report -o` can write; the ending says which.
void check_file(Fields& fields, const std::string& file) {
  constexpr const char* kEndings[] = {".xlsx", ".html", ".pdf", ".csv", ".json", ".ndjson", ".md"};
  const bool known =
      std::any_of(std::begin(kEndings), std::end(kEndings), [&](const char* ending) { return file.ends_with(ending); });
  const std::size_t brace = file.find('{');
  if (brace != std::string::npos && file.compare(brace, 6, "{date}") != 0) {
    fields.problem("file", "\"" + file + "\" has something else in braces than {date}");
  }
  if (file.empty() || known) return;
  fields.problem("file",
                 "\"" + file + "\" has no known ending; valid are .xlsx, .html, .pdf, .csv, .json, .ndjson, .md");
}

std::vector<std::string> sheets_of(Fields& fields) {
  std::vector<std::string> sheets = fields.texts("sheets");
  const std::vector<std::string>& valid = report_sheets();
  if (sheets.empty() && fields.node("sheets") != nullptr) {
    fields.problem("sheets", "names none; leave it out for all");
  }
  for (auto sheet = sheets.begin(); sheet != sheets.end(); ++sheet) {
    if (std::find(valid.begin(), valid.end(), *sheet) == valid.end()) {
      fields.problem("sheets", "\"" + *sheet + "\" is no sheet; valid are " + joined_ids(valid));
    } else if (std::find(sheets.begin(), sheet, *sheet) != sheet) {
      fields.problem("sheets", "\"" + *sheet + "\" stands there twice");
    }
  }
  return sheets;
}

}  // namespace

const std::vector<std::string>& report_sheets() {
  static const std::vector<std::string> all = {"cover",
                                               "clauses",
                                               "matrix",
                                               "breaches",
                                               "changes",
                                               "disputes",
                                               "waivers",
                                               "gaps_by_day",
                                               "timeline",
                                               "evidence",
                                               "observations",
                                               "glossary",
                                               "clauses_by_platform",
                                               "findings",
                                               "open",
                                               "annotations",
                                               "gaps",
                                               "runs",
                                               "periods",
                                               "catalogs"};
  return all;
}

void decode_reports(const Node* list, Catalog& catalog, Problems& problems) {
  for (const Identified& item : identified(list, "reports", problems)) {
    Fields fields(*item.node, "reports." + std::string(item.id), problems);
    ReportLayout report;
    report.id = fields.required("id");
    const bool enabled = fields.flag("enabled", true);
    report.title = fields.bilingual("title", true);
    report.organisation = fields.bilingual("organisation", false);
    report.logo = fields.text("logo");
    report.accent = colour_of(fields, "accent");
    report.sheets = sheets_of(fields);
    report.since_last = fields.one_of("changes", {"last", "none"}, "last") == "last";
    report.language = fields.one_of("language", {"en", "zh", "both"}, "en");
    report.file = fields.text("file");
    check_file(fields, report.file);
    fields.finish();
    if (enabled) catalog.reports.push_back(std::move(report));
  }
}

}  // namespace linkaudit::catalog

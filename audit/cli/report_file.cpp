#include "audit/cli/report_file.h"

#include <algorithm>
#include <filesystem>
#include <functional>
#include <map>

#include "audit/catalog/credentials.h"
#include "audit/log/hash.h"
#include "reports/order.h"
#include "reports/thumbnail.h"
#include "reports/write.h"

namespace linkaudit::cli {
namespace {

constexpr std::size_t kMostReportBytes = std::size_t{4} << 30U;
constexpr std::size_t kMostLogoBytes = 1U << 20U;

using WriteReport = void (*)(const reports::Report&, const std::string&);
using WriteSheet = void (*)(const reports::Table&, const reports::Report&, const std::string&);

struct Ending {
  WriteReport report = nullptr;
  WriteSheet sheet = nullptr;
};

const std::map<std::string, Ending>& endings() {
  static const std::map<std::string, Ending> all = {
      {".xlsx", {reports::write_xlsx, nullptr}},
      {".html", {reports::write_html, nullptr}},
      {".pdf", {reports::write_pdf, nullptr}},
      {".md", {reports::write_markdown, nullptr}},
      {".csv", {nullptr, reports::write_csv}},
      {".json", {reports::write_json, reports::write_json}},
      {".ndjson", {reports::write_ndjson, reports::write_ndjson}},
  };
  return all;
}

std::string ending_of(const std::string& output) {
  std::string ending = std::filesystem::path(output).extension().string();
  std::transform(ending.begin(), ending.end(), ending.begin(),
                 [](unsigned char c) { return static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c); });
  return ending;
}

const reports::Table& sheet_of(const reports::Report& report, const std::string& wanted) {
  std::string known;
  for (const reports::Table* table : reports::sheets_of(report)) {
    if (table->id == wanted) return *table;
    known += (known.empty() ? "" : ", ") + table->id;
  }
  throw Refused("--sheet: \"" + wanted + "\" is no sheet of this report; valid are " + known);
}

WrittenFile written(const std::string& path) {
  const std::string bytes = read_file(path, kMostReportBytes);
  return {path, log::to_hex(log::Hasher()(bytes)), static_cast<std::int64_t>(bytes.size())};
}

std::vector<WrittenFile> write_folder(const reports::Report& report, const std::filesystem::path& folder) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error) throw std::runtime_error(folder.string() + ": cannot be made: " + error.message());
  std::vector<WrittenFile> files;
  for (const reports::Table* table : reports::sheets_of(report)) {
    for (const char* ending : {".csv", ".json", ".ndjson"}) {
      const std::string path = (folder / (table->id + ending)).string();
      endings().at(ending).sheet(*table, report, path);
      files.push_back(written(path));
    }
  }
  return files;
}

}  // namespace

void check_report_output(const std::string& output, const std::string& sheet) {
  const bool folder = output.ends_with('/');
  const auto ending = endings().find(ending_of(output));
  if (!folder && ending == endings().end()) {
    throw Refused("-o: " + output +
                  " has no known ending; valid are .xlsx, .html, .pdf, .csv, .json, .ndjson, .md, and DIR/ for every "
                  "sheet as CSV, JSON and NDJSON");
  }
  if (!sheet.empty() && (folder || ending->second.sheet == nullptr)) {
    throw Refused("--sheet goes with -o FILE.csv, FILE.json or FILE.ndjson");
  }
}

std::vector<WrittenFile> write_report(const reports::Report& report, const std::string& output,
                                      const std::string& sheet) {
  if (output.ends_with('/')) return write_folder(report, output);
  const Ending& ending = endings().at(ending_of(output));
  if (sheet.empty() && ending.report != nullptr) {
    ending.report(report, output);
  } else {
    ending.sheet(sheet_of(report, sheet.empty() ? "findings" : sheet), report, output);
  }
  return {written(output)};
}

query::ReportRequest report_request(const catalog::Catalog& catalog, const std::string& layout,
                                    const std::string& language, probes::Instant as_of) {
  const catalog::ReportLayout* found = catalog::find_report(catalog, layout);
  if (found == nullptr) {
    std::string valid;
    for (const catalog::ReportLayout& each : catalog.reports) valid += (valid.empty() ? "" : ", ") + each.id;
    throw Refused("--template: \"" + layout + "\" is no report of the catalog; valid are " + valid);
  }
  query::ReportRequest request;
  request.language = language == "en" ? reports::Language::en : reports::Language::zh;
  request.both = language == "both";
  request.as_of = as_of;
  request.layout = layout;
  if (!found->logo.empty()) {
    request.logo = read_file(found->logo, kMostLogoBytes);
    const bool is_png = request.logo.starts_with("\x89PNG\r\n\x1A\n");
    if (!is_png || !reports::thumbnail(request.logo, {400, 400})) {
      throw Refused("reports." + layout + ".logo: " + found->logo + " is no PNG that can be read; a logo must be one");
    }
  }
  return request;
}

log::IssuedReport issued_report(const query::ReportModel& model, const query::ReportRequest& request,
                                const catalog::Catalog& catalog, const WrittenFile& file, probes::Instant now) {
  log::IssuedReport issued;
  issued.at = now;
  issued.as_of = request.as_of;
  issued.since = model.since;
  issued.known_entry = request.known_entry;
  issued.report = request.layout;
  issued.language = request.both ? "both" : std::string(query::code(request.language));
  issued.file = catalog::mask_words(std::filesystem::path(file.path).filename().string(), catalog.secret_parameters);
  issued.sha256 = file.sha256;
  issued.bytes = file.bytes;
  issued.tree_size = model.tree_size;
  issued.root = model.root;
  issued.catalog_version = catalog.version;
  issued.simulated = catalog.simulated;
  return issued;
}

}  // namespace linkaudit::cli

#include "audit/run/remarks_xlsx.h"

#include <algorithm>
#include <charconv>
#include <map>

#include "audit/law/calendar.h"
#include "audit/query/remarks.h"
#include "audit/run/secrets.h"
#include "audit/run/xlsx.h"
#include "audit/words.h"

namespace linkaudit::run {
namespace {

using Problems = std::vector<std::string>;

constexpr std::size_t kTitleRows = 12;  // the headings stand below the banner, the title and the note
constexpr std::size_t kMostCharacters = 2000;
constexpr const char* kId = "finding_id";
constexpr const char* kColumns[] = {kId,           "officer_owner",  "officer_action",
                                    "officer_due", "officer_remark", "remark_entry"};

// "Owner", "负责人", and either followed by the other.
bool is_heading(const std::string& text, const std::string& key) {
  const std::string english(audit::word("en", "column." + key)), chinese(audit::word("zh", "column." + key));
  return text == english || text == chinese || text == chinese + " " + english || text == english + " " + chinese;
}

using RemarkColumns = std::map<std::string, int>;

RemarkColumns remark_columns_of(const SheetRow& row) {
  RemarkColumns columns;
  for (const char* key : kColumns) {
    for (const SheetCell& cell : row.cells) {
      if (is_heading(cell.text, key)) columns.emplace(key, cell.column);
    }
  }
  return columns;
}

// The texts of one row by column key. Cells that no officer fills in are not looked at.
class RowReader {
 public:
  RowReader(const SheetRow& row, const RemarkColumns& columns, const std::string& name, Problems& problems)
      : row_(row), columns_(columns), name_(name), problems_(problems) {}

  std::string text(const char* key) {
    const auto column = columns_.find(key);
    if (column == columns_.end()) return {};
    for (const SheetCell& cell : row_.cells) {
      if (cell.column != column->second) continue;
      if (!cell.problem.empty()) refuse(key, cell.problem);
      if (cell.text.size() > kMostCharacters * 4) refuse(key, "is longer than 2000 characters");
      return cell.text;
    }
    return {};
  }
  void refuse(const char* key, const std::string& why) {
    const auto column = columns_.find(key);
    problems_.push_back(name_ + ":" + cell_name(column == columns_.end() ? 0 : column->second, row_.number) + ": " +
                        why);
  }

 private:
  const SheetRow& row_;
  const RemarkColumns& columns_;
  const std::string& name_;
  Problems& problems_;
};

// The id of an action that is named in either language; else as it is.
std::string action_from(RowReader& row) {
  const std::string text = row.text("officer_action");
  if (text.empty()) return {};
  std::string valid;
  for (const char* id : query::kOfficerActions) {
    const std::string key = std::string("action.") + id;
    if (text == audit::word("en", key) || text == audit::word("zh", key)) return id;
    valid += (valid.empty() ? "" : ", ") + std::string(audit::word("en", key));
  }
  row.refuse("officer_action", "\"" + text + "\" is none of the actions; valid are " + valid);
  return {};
}

std::string due_from(RowReader& row) {
  const std::string text = row.text("officer_due");
  if (text.empty()) return {};
  const auto date = law::parse_date(text.substr(0, 10));
  if (date && (text.size() == 10 || text.substr(10) == " 00:00:00" || text.substr(10) == "T00:00:00")) {
    return law::format_date(*date);
  }
  row.refuse("officer_due", "\"" + text + "\" is no date; valid is 2022-02-15");
  return {};
}

std::int64_t number_from(const std::string& text) {
  std::int64_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

// "obligation:platform:context".
bool set_finding(const std::string& id, const catalog::Catalog& catalog, log::Remark& remark) {
  const std::size_t first = id.find(':');
  const std::size_t second = first == std::string::npos ? first : id.find(':', first + 1);
  if (second == std::string::npos) return false;
  remark.obligation = id.substr(0, first);
  remark.platform = id.substr(first + 1, second - first - 1);
  remark.context = id.substr(second + 1);
  const bool obliges = std::ranges::any_of(catalog.obligations,
                                           [&](const law::Obligation& each) { return each.id == remark.obligation; });
  return obliges && catalog::find_platform(catalog, remark.platform) != nullptr &&
         catalog::find_context(catalog, remark.context) != nullptr;
}

bool same_words(const log::Remark& left, const log::Remark& right) {
  return left.owner == right.owner && left.action == right.action && left.due == right.due && left.text == right.text;
}

// What one row says, of whichever finding.
log::Remark words_of(RowReader& row, const std::string& source, const catalog::Catalog& catalog, log::Instant now) {
  log::Remark remark;
  remark.at = now;
  remark.owner = row.text("officer_owner");
  remark.action = action_from(row);
  remark.due = due_from(row);
  remark.text = row.text("officer_remark");
  remark.source = source;
  remark.simulated = catalog.simulated;
  mask(remark, catalog.secret_parameters);
  return remark;
}

// Whoever did not know a word cannot have taken it out.
void keep_what_is_empty(const log::Remark& before, log::Remark& remark) {
  for (std::string log::Remark::*part :
       {&log::Remark::owner, &log::Remark::action, &log::Remark::due, &log::Remark::text}) {
    if ((remark.*part).empty()) remark.*part = before.*part;
  }
}

// Takes rows one after another.
class RemarkReading {
 public:
  RemarkReading(const catalog::Catalog& catalog, std::map<std::string, log::LoggedRemark> newest)
      : catalog_(catalog), newest_(std::move(newest)) {}

  void take(RowReader& row, std::int64_t number, log::Remark remark) {
    const std::string id = row.text(kId);
    if (id.empty() && remark.is_empty()) return;
    if (!set_finding(id, catalog_, remark)) {
      row.refuse(kId, id.empty()
                          ? "something is filled in, and no finding stands beside it"
                          : "\"" + id + "\" names no finding of this catalog; valid is OBLIGATION:PLATFORM:CONTEXT");
      return;
    }
    if (const auto [line, first] = lines_.try_emplace(id, number); !first) {
      row.refuse(kId, id + " stands in row " + std::to_string(line->second) + " as well");
      return;
    }
    weigh(id, number_from(row.text("remark_entry")), std::move(remark));
  }

  RemarksRead result;

 private:
  // Against what the log knows; the workbook knew entry `known`.
  void weigh(const std::string& id, std::int64_t known, log::Remark remark) {
    const auto said = newest_.find(id);
    const bool knew = said == newest_.end() || known == said->second.entry;
    const log::Remark before = said == newest_.end() ? log::Remark{} : said->second.remark;
    if (!knew) keep_what_is_empty(before, remark);
    if (same_words(remark, before)) {
      result.known += remark.is_empty() ? 0 : 1;
    } else if (!remark.is_empty() || knew) {
      result.replacing += knew ? 0 : 1;
      result.remarks.push_back(std::move(remark));
    }
  }

  const catalog::Catalog& catalog_;
  std::map<std::string, log::LoggedRemark> newest_;
  std::map<std::string, std::int64_t> lines_;  // of each finding, the row
};

}  // namespace

tl::expected<RemarksRead, Problems> remarks_from_xlsx(const std::string& bytes, const std::string& name,
                                                      const std::string& source, const catalog::Catalog& catalog,
                                                      const log::Log& log, log::Instant now) {
  const auto wanted = [](const SheetRow& row) {
    const RemarkColumns columns = remark_columns_of(row);
    return columns.contains(kId) && columns.contains("officer_owner");
  };
  const auto rows = read_xlsx_below(bytes, kTitleRows, wanted);
  if (!rows) return tl::unexpected(Problems{name + ": " + rows.error()});
  if (rows->empty()) return tl::unexpected(Problems{name + ": has no sheet of breaches with columns to fill in"});
  log::Horizon horizon;
  horizon.simulated = catalog.simulated;
  const RemarkColumns columns = remark_columns_of(rows->front());
  Problems problems;
  RemarkReading reading(catalog, query::newest_remarks(log, horizon));
  for (auto row = rows->begin() + 1; row != rows->end(); ++row) {
    RowReader reader(*row, columns, name, problems);
    reading.take(reader, row->number, words_of(reader, source, catalog, now));
  }
  if (!problems.empty()) return tl::unexpected(problems);
  return std::move(reading.result);
}

}  // namespace linkaudit::run

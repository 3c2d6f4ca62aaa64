// Attestations from CSV. Input: the file.
#include "audit/run/csv.h"

#include "audit/catalog/load.h"
#include "audit/run/attestation.h"
#include "tests/fuzz/harness.h"
#include "tests/fuzz/harnesses.h"

namespace linkaudit::fuzz {
namespace {

std::string written(const std::vector<run::CsvRow>& rows) {
  std::string text;
  for (const run::CsvRow& row : rows) {
    for (std::size_t index = 0; index < row.fields.size(); ++index) {
      text += index == 0 ? "\"" : ",\"";
      for (const char c : row.fields[index]) text.append(c == '"' ? 2 : 1, c);
      text += '"';
    }
    text += "\r\n";
  }
  return text;
}

void check_rows(const std::vector<run::CsvRow>& rows) {
  int last = 1;
  for (const run::CsvRow& row : rows) {
    require(row.line >= last, "rows begin line after line");
    require(!row.fields.empty(), "a row has fields");
    last = row.line;
  }
  const auto again = run::parse_csv(written(rows));
  require(again && again->size() == rows.size(), "rows read back as they were written", written(rows));
  for (std::size_t index = 0; index < rows.size(); ++index) {
    require((*again)[index].fields == rows[index].fields, "fields read back as they were written", written(rows));
  }
}

void check_attestations(std::string_view input) {
  static const catalog::Catalog catalog = catalog::load({}).value();
  constexpr probes::Instant now{std::chrono::hours(24 * 365 * 55)};
  const auto entries = run::attestations_from_csv(input, "input.csv", catalog, now);
  if (entries) {
    for (const auto& entry : *entries) {
      const auto& seen = std::get<log::NewObservation>(entry).observation;
      require(seen.at <= now, "nobody has seen the future");
      require(seen.method == "attestation" && !seen.observer.empty(), "an attestation has its observer");
    }
    return;
  }
  require(!entries.error().empty(), "what is refused has a reason");
  for (const std::string& problem : entries.error()) require(!problem.empty(), "a problem is told");
}

}  // namespace

void csv(std::string_view input) {
  const auto rows = run::parse_csv(input);
  if (rows) {
    check_rows(*rows);
  } else {
    require_one_line(rows.error().text, "what is wrong with a file");
    require(rows.error().line >= 1, "what is wrong has its line");
  }
  check_attestations(input);
}

}  // namespace linkaudit::fuzz

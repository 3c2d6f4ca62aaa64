#include <fmt/format.h>

#include "audit/run/attestation.h"
#include "audit/run/csv.h"

namespace linkaudit::run {
namespace {

using Problems = std::vector<std::string>;

}  // namespace

tl::expected<std::vector<log::NewEntry>, Problems> attestations_from_csv(std::string_view text, const std::string& name,
                                                                         const catalog::Catalog& catalog,
                                                                         probes::Instant now) {
  const auto rows = parse_csv(text);
  if (!rows) return tl::unexpected(Problems{fmt::format("{}:{}: {}", name, rows.error().line, rows.error().text)});
  if (rows->empty()) return tl::unexpected(Problems{name + ":1: no header line"});
  const std::vector<std::string>& header = rows->front().fields;
  std::size_t column_at = 0;
  if (const std::string problem = header_problem(header, column_at); !problem.empty()) {
    return tl::unexpected(Problems{name + ":1: " + problem});
  }
  std::vector<log::NewEntry> entries;
  Problems problems;
  for (std::size_t index = 1; index < rows->size(); ++index) {
    const CsvRow& row = (*rows)[index];
    if (row.fields.size() != header.size()) {
      problems.push_back(
          fmt::format("{}:{}: {} fields, the header has {}", name, row.line, row.fields.size(), header.size()));
      continue;
    }
    AttestationFields fields;
    for (std::size_t column = 0; column < header.size(); ++column) fields[header[column]] = row.fields[column];
    auto seen = attestation_from(fields, catalog, now);
    if (seen) {
      entries.push_back(log::NewObservation{std::move(*seen), std::nullopt});
    } else {
      for (const std::string& problem : seen.error()) {
        problems.push_back(fmt::format("{}:{}: {}", name, row.line, problem));
      }
    }
  }
  if (!problems.empty()) return tl::unexpected(std::move(problems));
  return entries;
}

}  // namespace linkaudit::run

#include <fmt/format.h>

#include "audit/run/attestation.h"
#include "audit/run/corrections.h"
#include "audit/run/csv.h"

namespace linkaudit::run {
namespace {

using Problems = std::vector<std::string>;

}  // namespace

tl::expected<std::vector<log::NewEntry>, Problems> attestations_from_csv(std::string_view text, const std::string& name,
                                                                         const catalog::Catalog& catalog,
                                                                         probes::Instant now, const log::Log* known,
                                                                         const KeepScreenshot& keep) {
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
  Corrections corrections(known, now);
  for (std::size_t index = 1; index < rows->size(); ++index) {
    const CsvRow& row = (*rows)[index];
    if (row.fields.size() != header.size()) {
      problems.push_back(
          fmt::format("{}:{}: {} fields, the header has {}", name, row.line, row.fields.size(), header.size()));
      continue;
    }
    AttestationFields fields;
    for (std::size_t column = 0; column < header.size(); ++column) fields[header[column]] = row.fields[column];
    auto said = attestation_from(fields, catalog, now);
    const auto complain = [&](const std::string& problem) {
      problems.push_back(fmt::format("{}:{}: {}", name, row.line, problem));
    };
    if (!said) {
      for (const std::string& problem : said.error()) complain(problem);
    } else if (const std::string problem = problem_of(*said, corrections, keep); !problem.empty()) {
      complain(problem);
    } else {
      corrections.add(*said, entries);
    }
  }
  if (!problems.empty()) return tl::unexpected(std::move(problems));
  return entries;
}

}  // namespace linkaudit::run

#include "audit/cli/carry.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <ostream>

#include "audit/log/hash.h"
#include "audit/run/remarks_xlsx.h"

namespace linkaudit::cli {
namespace {

constexpr std::size_t kMostWorkbookBytes = 256 * 1024 * 1024;

void say(Session& session, const run::RemarksRead& read) {
  if (session.format() == Format::json || session.format() == Format::ndjson) {
    session.out
        << nlohmann::json{{"remarks", read.remarks.size()}, {"known", read.known}, {"replacing", read.replacing}}.dump()
        << '\n';
    return;
  }
  // The report's own lines go to standard output; this is about what led to it.
  session.err << fmt::format(fmt::runtime(session.word("remarks.done")), read.remarks.size(), read.known) << '\n';
  if (read.replacing > 0) {
    session.err << fmt::format(fmt::runtime(session.word("remarks.replacing")), read.replacing) << '\n';
  }
}

}  // namespace

void carry_remarks(Session& session, const catalog::Catalog& catalog, const std::string& workbook) {
  const std::string bytes = read_file(workbook, kMostWorkbookBytes);
  log::Log log = session.open_log();
  const probes::Instant now = session.now();
  const auto read = run::remarks_from_xlsx(bytes, workbook, log::to_hex(log::Hasher()(bytes)), catalog, log, now);
  if (!read) {
    std::string problems;
    for (const std::string& problem : read.error()) problems += (problems.empty() ? "" : "\n") + problem;
    throw Refused(problems);
  }
  const std::vector<log::NewEntry> entries(read->remarks.begin(), read->remarks.end());
  if (!entries.empty()) log.append(entries, now);
  say(session, *read);
}

}  // namespace linkaudit::cli

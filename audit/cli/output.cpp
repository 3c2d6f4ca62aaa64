#include "audit/cli/output.h"

#include <nlohmann/json.hpp>
#include <ostream>

#include "reports/write.h"

namespace linkaudit::cli {

using nlohmann::json;

reports::Report frame(const Session& session, const catalog::Catalog& catalog) {
  reports::Report report;
  report.language = session.language();
  report.simulated = catalog.simulated;
  report.zone = catalog.zone;
  return report;
}

void print_json(const Session& session, const json& document, const std::string& list) {
  // Text of others may hold bytes that are not UTF-8: shown as U+FFFD, never an error.
  constexpr auto kReplace = json::error_handler_t::replace;
  if (session.format() == Format::ndjson) {
    for (const json& item : document.at(list)) session.out << item.dump(-1, ' ', false, kReplace) << '\n';
  } else {
    session.out << document.dump(2, ' ', false, kReplace) << '\n';
  }
}

void show(const Session& session, const catalog::Catalog& catalog, const reports::Table& table, const json& document,
          const std::string& list) {
  const reports::Report report = frame(session, catalog);
  switch (session.format()) {
    case Format::text: reports::print_text(table, report, session.out); break;
    case Format::csv: reports::print_csv(table, report, session.out); break;
    case Format::json:
    case Format::ndjson: print_json(session, document, list); break;
  }
}

}  // namespace linkaudit::cli

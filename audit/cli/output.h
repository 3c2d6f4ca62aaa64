// Results in the format that was asked for.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "audit/cli/session.h"
#include "reports/report.h"

namespace linkaudit::cli {

// One table as text or CSV; as JSON the document given instead, indented; as NDJSON each element of `list` in it.
void show(const Session& session, const catalog::Catalog& catalog, const reports::Table& table,
          const nlohmann::json& document, const std::string& list);

// A report that holds only what printing a table needs: language, zone, simulated.
reports::Report frame(const Session& session, const catalog::Catalog& catalog);

void print_json(const Session& session, const nlohmann::json& document, const std::string& list);

}  // namespace linkaudit::cli

// What a run brought to light: relapses, new breaches, cures, cells newly unmeasured.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <vector>

#include "audit/cli/session.h"
#include "audit/query/changes.h"
#include "audit/query/view.h"

namespace linkaudit::cli {

// As things were judged when the run before ended; with no run before, just before `now`. Without words and entries.
std::vector<law::Finding> findings_before(const log::Log& log, const catalog::Catalog& catalog, probes::Instant now);

// As things are judged when a run has ended. There may be 100,000 links: if they are let go, the catalog has none of
// them afterwards, and nothing may point to them any more.
enum class Links { kept, let_go };
std::vector<law::Finding> findings_after(const log::Log& log, catalog::Catalog& catalog, probes::Instant ended,
                                         Links links);

// Changes that an operator wants to be told of; others (came due, waived) are left to `diff`.
std::vector<query::Change> news_since(const std::vector<law::Finding>& before, const std::vector<law::Finding>& after);

// {"run": {...}, "news": [...]}
nlohmann::json news_document(const log::RunRecord& record, const std::vector<query::Change>& news);
void print_news(Session& session, const catalog::Catalog& catalog, const std::vector<query::Change>& news);

}  // namespace linkaudit::cli

#include "audit/cli/news.h"

#include <malloc.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <ostream>

#include "audit/law/calendar.h"
#include "audit/query/as_json.h"
#include "audit/query/labels.h"

namespace linkaudit::cli {

namespace {

bool same_place(const query::Change& left, const query::Change& right) {
  return left.kind == right.kind && left.after.platform == right.after.platform &&
         left.after.context == right.after.context && left.after.outcome == right.after.outcome &&
         left.after.confidence == right.after.confidence;
}

}  // namespace

std::vector<law::Finding> findings_before(const log::Log& log, const catalog::Catalog& catalog, probes::Instant now) {
  const auto horizon = query::horizon_of(catalog, now);
  const std::vector<log::LoggedRun> runs = log::runs(log, horizon);
  std::vector<law::Finding> findings = query::findings_at(log, catalog, runs.empty() ? now : runs.back().run.ended);
  for (law::Finding& finding : findings) {  // they are held while the run goes on
    std::vector<std::int64_t>().swap(finding.entries);
  }
  return findings;
}

std::vector<law::Finding> findings_after(const log::Log& log, catalog::Catalog& catalog, probes::Instant ended,
                                         Links links) {
  const law::Policy policy = catalog::policy_of(catalog);
  if (links == Links::let_go) {
    for (catalog::Platform& platform : catalog.platforms) std::vector<probes::Link>().swap(platform.links);
  }
  ::malloc_trim(0);  // probing took more than what is left, likewise
  return query::findings_at(log, policy, query::horizon_of(catalog, ended));
}

std::vector<query::Change> news_since(const std::vector<law::Finding>& before, const std::vector<law::Finding>& after) {
  std::vector<query::Change> news = query::changes(before, after);
  std::erase_if(news, [](const query::Change& change) { return change.kind == query::ChangeKind::other; });
  return news;
}

nlohmann::json news_document(const log::RunRecord& record, const std::vector<query::Change>& news) {
  nlohmann::json gaps = nlohmann::json::object();
  for (const auto& [reason, count] : record.gaps) gaps[reason] = count;
  nlohmann::json list = nlohmann::json::array();
  for (const query::Change& change : news) list.push_back(query::to_json(change));
  return {{"run", {{"planned", record.planned}, {"observed", record.observed}, {"gaps", gaps}}},
          {"news", list},
          {"simulated", record.simulated}};
}

void print_news(Session& session, const catalog::Catalog& catalog, const std::vector<query::Change>& news) {
  if (news.empty()) {
    session.out << session.word("news.none") << '\n';
    return;
  }
  const reports::Language language = session.language();
  std::vector<bool> told(news.size());
  for (std::size_t index = 0; index < news.size(); ++index) {
    if (told[index]) continue;
    const law::Finding& after = news[index].after;
    session.out << session.word("change." + std::string(name(news[index].kind))) << ": "
                << query::platform_name(catalog, language, after.platform) << " / "
                << query::context_name(catalog, language, after.context);
    if (after.outcome) session.out << ": " << query::badge(language, *after.outcome).label;
    if (after.confidence) session.out << " (" << query::label(language, *after.confidence) << ")";
    session.out << '\n';
    for (std::size_t other = index; other < news.size(); ++other) {  // one place, one paragraph, its clauses below
      if (told[other] || !same_place(news[index], news[other])) continue;
      session.out << "    " << query::obligation_title(catalog, language, news[other].after.obligation) << '\n';
      told[other] = true;
    }
  }
}

}  // namespace linkaudit::cli

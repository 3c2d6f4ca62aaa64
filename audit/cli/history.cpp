#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>

#include "audit/cli/commands.h"
#include "audit/cli/horizon_options.h"
#include "audit/cli/output.h"
#include "audit/cli/session.h"
#include "audit/query/as_json.h"

namespace linkaudit::cli {
namespace {

struct HistoryOptions {
  std::string link, context;
  HorizonOptions horizon;
};

void history(Session& session, const HistoryOptions& options) {
  const catalog::Catalog catalog = session.load_catalog();
  const log::Log log = session.read_log();
  const log::Horizon horizon = horizon_of(session, log, catalog, options.horizon);
  const auto spans = query::history_of(log::spans_of(log, horizon, options.link, options.context));
  const bool known = catalog::find_link(catalog, options.link) != nullptr &&
                     catalog::find_context(catalog, options.context) != nullptr;
  if (spans.empty() && !known) {
    throw Refused(options.link + " in " + options.context +
                  ": neither in the log nor in the catalog; catalog show lists links and contexts");
  }
  nlohmann::json document = {{"link", options.link}, {"context", options.context}, {"simulated", catalog.simulated}};
  document["spans"] = nlohmann::json::array();
  for (const query::HistorySpan& span : spans) document["spans"].push_back(query::to_json(span));
  show(session, catalog, query::history_table({catalog, session.language()}, spans), document, "spans");
}

}  // namespace

void add_history(CLI::App& app, Session& session) {
  auto options = std::make_shared<HistoryOptions>();
  CLI::App* command = app.add_subcommand("history", "Since when, by whom seen: the runs of equal state of one cell");
  command->add_option("LINK", options->link, "Link id, as taobao/item")->required();
  command->add_option("CONTEXT", options->context, "Context id, as wechat/group")->required();
  add_horizon_options(*command, options->horizon, "Up to this instant or date; now when left out");
  command->callback([options, &session] { history(session, *options); });
}

}  // namespace linkaudit::cli

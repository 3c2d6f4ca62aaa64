#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>

#include "audit/cli/commands.h"
#include "audit/cli/horizon_options.h"
#include "audit/cli/output.h"
#include "audit/cli/session.h"
#include "audit/query/as_json.h"
#include "reports/write.h"

namespace linkaudit::cli {
namespace {

struct MatrixOptions {
  HorizonOptions horizon;
  bool all = false;
};

void matrix(Session& session, const MatrixOptions& options) {
  const catalog::Catalog catalog = session.load_catalog();
  const log::Log log = session.read_log();
  const log::Horizon horizon = horizon_of(session, log, catalog, options.horizon);
  const query::MatrixView view = query::look_at_matrix(log, catalog, horizon.as_of, horizon.known_entry);
  const query::Reader reader{catalog, session.language()};
  session.say_horizon(view.horizon, catalog);
  switch (session.format()) {
    case Format::text:
      reports::print_matrix(query::matrix_of(reader, view.cells, !options.all), frame(session, catalog), session.out);
      break;
    case Format::csv:
      reports::print_csv(query::matrix_rows(reader, view.cells), frame(session, catalog), session.out);
      break;
    case Format::json:
    case Format::ndjson: print_json(session, query::matrix_document(view), "cells"); break;
  }
}

}  // namespace

void add_matrix(CLI::App& app, Session& session) {
  auto options = std::make_shared<MatrixOptions>();
  CLI::App* command = app.add_subcommand("matrix", "What each platform's links do in each context");
  add_horizon_options(*command, options->horizon, "Instant or date to look at; now when left out");
  command->add_flag("--all", options->all, "With the platforms and contexts never looked at");
  command->callback([options, &session] { matrix(session, *options); });
}

}  // namespace linkaudit::cli

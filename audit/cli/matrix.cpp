#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>

#include "audit/cli/commands.h"
#include "audit/cli/output.h"
#include "audit/cli/session.h"
#include "audit/query/as_json.h"
#include "reports/write.h"

namespace linkaudit::cli {
namespace {

struct MatrixOptions {
  std::string as_of;
  bool all = false;
};

void matrix(Session& session, const MatrixOptions& options) {
  const catalog::Catalog catalog = session.load_catalog();
  const log::Log log = session.read_log();
  const query::MatrixView view =
      query::look_at_matrix(log, catalog, session.instant("--as-of", options.as_of, catalog));
  const query::Reader reader{catalog, session.language()};
  session.say_as_of(view.horizon.as_of, catalog);
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
  command->add_option("--as-of", options->as_of, "Instant or date to look at; now when left out")->type_name("TIME");
  command->add_flag("--all", options->all, "With the platforms and contexts never looked at");
  command->callback([options, &session] { matrix(session, *options); });
}

}  // namespace linkaudit::cli

// The command `sql`: a question in SQL, for what no other command answers.
#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <memory>
#include <nlohmann/json.hpp>
#include <ostream>
#include <set>
#include <utility>

#include "audit/cli/commands.h"
#include "audit/cli/output.h"
#include "audit/cli/session.h"
#include "audit/log/selection.h"
#include "reports/write.h"

namespace linkaudit::cli {
namespace {

std::string in_hex(const std::string& bytes) {
  std::string hex;
  for (const char byte : bytes) hex += fmt::format("{:02x}", static_cast<unsigned char>(byte));
  return hex;
}

reports::Value shown(const log::Field& field) {
  struct Shown {
    reports::Value operator()(std::monostate) const { return {}; }
    reports::Value operator()(std::int64_t number) const { return number; }
    reports::Value operator()(double number) const { return number; }
    reports::Value operator()(const std::string& text) const { return text; }
    reports::Value operator()(const log::BlobField& blob) const { return in_hex(blob.bytes); }
  };
  return std::visit(Shown{}, field);
}

nlohmann::ordered_json as_json(const log::Field& field) {
  struct AsJson {
    nlohmann::ordered_json operator()(std::monostate) const { return nullptr; }
    nlohmann::ordered_json operator()(std::int64_t number) const { return number; }
    nlohmann::ordered_json operator()(double number) const { return number; }
    nlohmann::ordered_json operator()(const std::string& text) const { return text; }
    nlohmann::ordered_json operator()(const log::BlobField& blob) const { return in_hex(blob.bytes); }
  };
  return std::visit(AsJson{}, field);
}

// As SQLite names the columns of a view in which two have one name: at, at:1.
std::vector<std::string> distinct_names(const std::vector<std::string>& columns) {
  std::set<std::string> taken;
  std::vector<std::string> names;
  for (const std::string& column : columns) {
    std::string name = column;
    for (int number = 1; !taken.insert(name).second; ++number) name = fmt::format("{}:{}", column, number);
    names.push_back(std::move(name));
  }
  return names;
}

void print_rows(const Session& session, log::SelectedRows& selection) {
  const bool lines = session.format() == Format::ndjson;
  const std::vector<std::string> names = distinct_names(selection.columns());
  std::vector<log::Field> row;
  bool more = selection.next(row);  // what fails at once prints nothing
  if (!lines) session.out << "{\"rows\": [";
  for (const char* before = "\n"; session.out && more; more = selection.next(row)) {
    nlohmann::ordered_json object = nlohmann::ordered_json::object();
    for (std::size_t i = 0; i < row.size(); ++i) object[names[i]] = as_json(row[i]);
    const std::string text = object.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    if (lines) {
      session.out << text << '\n';
    } else {
      session.out << std::exchange(before, ",\n") << text;
    }
  }
  if (!lines) session.out << "\n]}\n";
}

// Asked once: the rows are drawn by one of the formats.
reports::Table table_of(log::SelectedRows& selection) {
  reports::Table table;
  for (const std::string& name : selection.columns()) table.columns.push_back({name, name, 12, true});
  table.rows = [&selection] {
    return [&selection](reports::Row& row) {
      std::vector<log::Field> fields;
      if (!selection.next(fields)) return false;
      row.clear();
      for (const log::Field& field : fields) row.push_back(shown(field));
      return true;
    };
  };
  return table;
}

void sql(Session& session, const std::string& question) {
  const log::Log log = session.read_log();
  log::SelectedRows selection(log, question);
  switch (session.format()) {
    case Format::text: {
      const catalog::Catalog catalog = session.load_catalog();
      reports::print_text(table_of(selection), frame(session, catalog), session.out);
      break;
    }
    case Format::csv: reports::print_csv(table_of(selection), reports::Report{}, session.out); break;
    case Format::json:
    case Format::ndjson: print_rows(session, selection); break;
  }
}

}  // namespace

void add_sql(CLI::App& app, Session& session) {
  auto question = std::make_shared<std::string>();
  CLI::App* command = app.add_subcommand("sql", "Ask the log in SQL; only reading is possible");
  command
      ->add_option(
          "SELECT", *question,
          "One SELECT, best of the views that stay as they are: v_observations, v_spans, v_findings_input, "
          "v_gaps, v_runs, v_evidence, v_entries, v_annotations, v_waivers, v_remarks, v_reports, v_checkpoints")
      ->required();
  command->callback([question, &session] { sql(session, *question); });
}

}  // namespace linkaudit::cli

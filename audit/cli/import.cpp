#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <algorithm>
#include <fstream>
#include <memory>
#include <nlohmann/json.hpp>
#include <ostream>

#include "audit/cli/commands.h"
#include "audit/cli/output.h"
#include "audit/cli/session.h"
#include "audit/run/attestation.h"
#include "audit/run/import_entries.h"

namespace linkaudit::cli {
namespace {

constexpr std::size_t kMostImportBytes = 256 * 1024 * 1024;

// A workbook is a ZIP file; no CSV file begins like one.
bool is_zip(const std::string& content) {
  return content.starts_with("PK\x03\x04");
}

void say(Session& session, std::int64_t added, std::int64_t known) {
  if (session.format() == Format::json || session.format() == Format::ndjson) {
    session.out << nlohmann::json{{"imported", added}, {"known", known}}.dump() << '\n';
  } else {
    session.out << fmt::format(fmt::runtime(session.word("import.done")), added, known) << '\n';
  }
}

// No CSV file of attestations begins like an object.
bool is_lines_of_json(std::istream& file) {
  return file.peek() == '{';
}

void import_lines(Session& session, std::istream& file, const std::string& path) {
  log::Log log = session.open_log();
  try {
    const run::Imported counts = run::import_entries(file, path, log, session.now());
    say(session, counts.added, counts.known);
  } catch (const run::BadLine& error) {
    throw Refused(error.what());
  }
}

void import_file(Session& session, const std::string& path) {
  if (std::ifstream file(path, std::ios::binary); file && is_lines_of_json(file))
    return import_lines(session, file, path);
  const catalog::Catalog catalog = session.load_catalog();
  const probes::Instant now = session.now();
  const std::string content = read_file(path, kMostImportBytes);
  const auto entries = is_zip(content) ? run::attestations_from_xlsx(content, path, catalog, now)
                                       : run::attestations_from_csv(content, path, catalog, now);
  if (!entries) {
    std::string problems;
    for (const std::string& problem : entries.error()) problems += (problems.empty() ? "" : "\n") + problem;
    throw Refused(problems);
  }
  log::Log log = session.open_log();
  const std::vector<std::int64_t> numbers = log.append(*entries, now);
  const auto known = std::count(numbers.begin(), numbers.end(), 0);
  const auto added = static_cast<std::ptrdiff_t>(numbers.size()) - known;
  if (session.format() == Format::text) session.say_if_simulated(catalog);
  say(session, added, known);
}

}  // namespace

void add_import(CLI::App& app, Session& session) {
  auto path = std::make_shared<std::string>();
  CLI::App* command =
      app.add_subcommand("import", "Attestations from a CSV file or a workbook, or entries from export: all or none");
  command
      ->add_option(
          "FILE", *path,
          "CSV (UTF-8, with a header line), the workbook of `attest --template`, filled in, or what `export` wrote")
      ->required();
  command->callback([path, &session] { import_file(session, *path); });
}

}  // namespace linkaudit::cli

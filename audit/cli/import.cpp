#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <filesystem>
#include <fstream>
#include <memory>
#include <nlohmann/json.hpp>
#include <ostream>
#include <span>

#include "audit/cli/annotations.h"
#include "audit/cli/carry.h"
#include "audit/cli/commands.h"
#include "audit/cli/output.h"
#include "audit/cli/screenshots.h"
#include "audit/cli/session.h"
#include "audit/log/annotations.h"
#include "audit/run/attestation.h"
#include "audit/run/import_entries.h"
#include "audit/run/waivers.h"

namespace linkaudit::cli {
namespace {

constexpr std::size_t kMostImportBytes = 256 * 1024 * 1024;

// A workbook is a ZIP file; no CSV file begins like one.
bool is_zip(const std::string& content) {
  return content.starts_with("PK\x03\x04");
}

struct Counts {
  std::int64_t added = 0, corrections = 0;
  std::int64_t known = 0, withdrawn = 0;  // withdrawn: of those known
};

// `entries` are those of the file, behind others that were appended before them.
Counts count(const log::Log& log, std::span<const log::NewEntry> entries, std::span<const std::int64_t> numbers) {
  Counts imported;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const auto* seen = std::get_if<log::NewObservation>(&entries[i]);
    if (seen == nullptr) {
      ++imported.corrections;
    } else if (numbers[i] != 0) {
      ++imported.added;
    } else {
      ++imported.known;
      const auto known = log::known_attestation(log, seen->observation);
      if (known && log::observation_at(log, *known)->withdrawn() != nullptr) ++imported.withdrawn;
    }
  }
  return imported;
}

void show(Session& session, const catalog::Catalog& catalog, const Counts& imported) {
  if (session.format() == Format::json || session.format() == Format::ndjson) {
    session.out << nlohmann::json{{"imported", imported.added},
                                  {"known", imported.known},
                                  {"known_withdrawn", imported.withdrawn},
                                  {"corrections", imported.corrections}}
                       .dump()
                << '\n';
    return;
  }
  session.say_if_simulated(catalog);
  const auto say = [&](const char* key, const auto&... values) {
    session.out << fmt::format(fmt::runtime(session.word(key)), values...) << '\n';
  };
  say("import.done", imported.added, imported.known);
  if (imported.corrections > 0) say("import.corrections", imported.corrections);
  if (imported.withdrawn > 0) say("import.withdrawn", imported.withdrawn);
}

void say_counts(Session& session, std::int64_t added, std::int64_t known) {
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
  try {
    run::CheckedEntries checked = run::check_entries(file, path);  // what is refused leaves no new database behind
    log::Log log = session.open_log();
    const run::Imported counts = run::import_entries(file, path, std::move(checked), log, session.now());
    say_counts(session, counts.added, counts.known);
  } catch (const run::BadLine& error) {
    throw Refused(error.what());
  }
}

void import_file(Session& session, const std::string& path) {
  session.only({Format::text, Format::json, Format::ndjson});
  if (std::ifstream file(path, std::ios::binary); file && is_lines_of_json(file))
    return import_lines(session, file, path);
  const catalog::Catalog catalog = session.load_catalog();
  const probes::Instant now = session.now();
  const std::string content = read_file(path, kMostImportBytes);
  std::optional<log::Log> log = log_if_there(session);
  const log::Log* known = log ? &*log : nullptr;
  Screenshots screenshots(std::filesystem::path(path).parent_path());
  const auto keep = [&](const std::string& file) { return screenshots.keep(file); };
  const auto said = is_zip(content) ? run::attestations_from_xlsx(content, path, catalog, now, known, keep)
                                    : run::attestations_from_csv(content, path, catalog, now, known, keep);
  if (!said) {
    std::string problems;
    for (const std::string& problem : said.error()) problems += (problems.empty() ? "" : "\n") + problem;
    throw Refused(problems);
  }
  if (!log) log = session.open_log();
  std::vector<log::NewEntry> entries = run::waiver_entries(catalog, *log, now);
  const std::size_t first = entries.size();
  entries.insert(entries.end(), said->begin(), said->end());
  const std::vector<std::int64_t> numbers = log->append(entries, now, screenshots.blobs());
  show(session, catalog, count(*log, std::span(entries).subspan(first), std::span(numbers).subspan(first)));
}

}  // namespace

void add_import(CLI::App& app, Session& session) {
  auto path = std::make_shared<std::string>();
  CLI::App* command = app.add_subcommand(
      "import", "Attestations from a CSV file or a workbook, entries from export, or remarks: all or none");
  command
      ->add_option(
          "FILE", *path,
          "CSV (UTF-8, with a header line), the workbook of `attest --template`, filled in, or what `export` wrote")
      ->required();
  auto remarks = std::make_shared<bool>(false);
  command->add_flag("--remarks", *remarks, "A workbook of `report`: what officers filled in beside its breaches");
  command->callback([path, remarks, &session] {
    if (!*remarks) return import_file(session, *path);
    session.only({Format::text, Format::json, Format::ndjson});
    const catalog::Catalog catalog = session.load_catalog();
    session.read_log();  // remarks are about what a log holds
    carry_remarks(session, catalog, *path);
  });
}

}  // namespace linkaudit::cli

// The command `db`: care of the database file.
#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <ostream>

#include "audit/cli/commands.h"
#include "audit/cli/session.h"
#include "audit/log/checkpoint_file.h"
#include "audit/log/damage.h"
#include "audit/log/maintenance.h"

namespace linkaudit::cli {
namespace {

template <typename... Values>
void say(Session& session, const nlohmann::json& document, const char* key, const Values&... values) {
  if (session.format() == Format::text) {
    session.out << fmt::format(fmt::runtime(session.word(key)), values...) << '\n';
  } else {
    session.out << document.dump() << '\n';
  }
}

// The log was put back, or is another one than the file of checkpoints beside it knows.
std::optional<std::string> misfit_with(const log::Log& log, const std::string& file, const std::string& note) try {
  log::require_fit(log, file, note);
  return std::nullopt;
} catch (const log::LogRefused& refused) {
  return refused.what();
}

void check_the_file(Session& session) {
  session.only({Format::text, Format::json, Format::ndjson});
  const std::optional<std::string> misfit = [&]() -> std::optional<std::string> {
    try {
      const std::string file = log::checkpoint_file_of(session.globals.database), note = log::last_note_of(file);
      const log::Log log = session.read_log();
      auto problem = log::check_file(log);
      return problem ? problem : misfit_with(log, file, note);
    } catch (const log::LogDamaged& error) {
      return error.what();
    }
  }();
  if (misfit) session.exit = kUnverified;
  nlohmann::json document = {{"sound", !misfit}};
  if (misfit) document["misfit"] = *misfit;
  say(session, document, misfit ? "db.unsound" : "db.sound", misfit.value_or(session.globals.database));
}

void back_up(Session& session, const std::string& copy) {
  session.only({Format::text, Format::json, Format::ndjson});
  const log::Log log = session.read_log();
  log::back_up(log, copy);
  const log::Log made = log::Log::open_read_only(copy);
  if (const auto misfit = made.verify()) {
    session.exit = kUnverified;
    return say(session, {{"file", copy}, {"verified", false}, {"misfit", *misfit}}, "db.backup_misfit", *misfit);
  }
  say(session, {{"file", copy}, {"verified", true}, {"entries", made.size()}, {"root", log::to_hex(made.root())}},
      "db.backup", copy, made.size(), log::to_hex(made.root()));
}

void rebuild(Session& session) {
  session.only({Format::text, Format::json, Format::ndjson});
  session.read_log();  // refuses to make a database
  log::Log log = session.open_log();
  const std::int64_t entries = log::rebuild(log);
  say(session, {{"entries", entries}}, "db.rebuilt", entries);
}

void migrate(Session& session) {
  session.only({Format::text, Format::json, Format::ndjson});
  if (!std::filesystem::exists(session.globals.database)) session.read_log();
  const log::Log log = session.open_log();  // which is what brings it up to date
  say(session, {{"schema", log::schema_of(log)}}, "db.schema", log::schema_of(log));
}

nlohmann::json document_of(const log::Statistics& found) {
  nlohmann::json document = {{"file_bytes", found.file_bytes},    {"free_bytes", found.free_bytes},
                             {"wal_bytes", found.wal_bytes},      {"entries", nlohmann::json::object()},
                             {"tables", nlohmann::json::array()}, {"blobs", nlohmann::json::array()}};
  for (const auto& [type, count] : found.entries) document["entries"][type] = count;
  for (const log::TableBytes& each : found.tables) {
    document["tables"].push_back({{"table", each.table}, {"rows", each.rows}, {"bytes", each.bytes}});
  }
  for (const log::BlobBytes& each : found.blobs) {
    document["blobs"].push_back(
        {{"kind", each.kind}, {"blobs", each.blobs}, {"bytes", each.bytes}, {"stored_bytes", each.stored_bytes}});
  }
  return document;
}

void statistics(Session& session) {
  session.only({Format::text, Format::json, Format::ndjson});
  const log::Statistics found = log::statistics(session.read_log());
  if (session.format() != Format::text) {
    session.out << document_of(found).dump() << '\n';
    return;
  }
  const auto line = [&](const char* key, auto... values) {
    session.out << fmt::format(fmt::runtime(session.word(key)), values...) << '\n';
  };
  line("db.stats.file", found.file_bytes, found.free_bytes, found.wal_bytes);
  for (const auto& [type, count] : found.entries) line("db.stats.entries", type, count);
  for (const log::TableBytes& each : found.tables) line("db.stats.table", each.table, each.rows, each.bytes);
  for (const log::BlobBytes& each : found.blobs) {
    line("db.stats.blobs", each.kind, each.blobs, each.bytes, each.stored_bytes);
  }
}

}  // namespace

void add_database(CLI::App& app, Session& session) {
  CLI::App* command = app.add_subcommand("db", "Care of the database file");
  command->require_subcommand(1);
  command->add_subcommand("check", "Is the file sound; ledger verify looks at the contents, too")->callback([&session] {
    check_the_file(session);
  });
  auto copy = std::make_shared<std::string>();
  CLI::App* backup = command->add_subcommand("backup", "Copy the database while it is in use, and verify the copy");
  backup->add_option("FILE", *copy, "The copy; must not be there yet")->required();
  backup->callback([copy, &session] { back_up(session, *copy); });
  command->add_subcommand("rebuild", "Make everything anew that follows from the entries")->callback([&session] {
    rebuild(session);
  });
  command->add_subcommand("migrate", "Bring a database of an older linkaudit up to date, after a copy of it")
      ->callback([&session] { migrate(session); });
  command->add_subcommand("stats", "Entries, rows and bytes by kind")->callback([&session] { statistics(session); });
}

}  // namespace linkaudit::cli

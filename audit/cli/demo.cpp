#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <memory>
#include <ostream>
#include <set>

#include "audit/catalog/load.h"
#include "audit/cli/commands.h"
#include "audit/cli/news.h"
#include "audit/cli/output.h"
#include "audit/cli/session.h"
#include "audit/cli/signals.h"
#include "audit/law/calendar.h"
#include "audit/log/checkpoint_file.h"
#include "audit/log/checkpoint_store.h"
#include "audit/log/key_file.h"
#include "audit/query/cover.h"
#include "audit/query/report_model.h"
#include "audit/run/attestation.h"
#include "audit/run/runner.h"
#include "probes/lab/lab.h"
#include "reports/write.h"

namespace linkaudit::cli {
namespace {

namespace fs = std::filesystem;

constexpr const char* kMarker = ".linkaudit-demo";  // in a directory that the demo made, and may make again
constexpr const char* kMarkerLine = "made by linkaudit demo, which may replace what stands here";
constexpr const char* kCasebookAsOf = "2022-01-27T23:59:59+08:00";
constexpr const char* kCasebookSince = "2021-09-17T23:59:59+08:00";

std::string state_of(const std::string& name, const log::Log& log) {
  return name + " " + std::to_string(log.size()) + " " + log::to_hex(log.root());
}

// A database that was replaced, or written to, since the demo made it is no longer the demo's.
void refuse_changed_databases(const fs::path& directory) {
  std::ifstream marker(directory / kMarker);
  std::string line;
  std::set<std::string> states;
  while (std::getline(marker, line)) states.insert(line);
  for (const std::string name : {"casebook.db", "lab.db"}) {
    const fs::path path = directory / name;
    if (!fs::exists(path)) continue;
    const bool finished =
        std::any_of(states.begin(), states.end(), [&](const auto& state) { return state.starts_with(name + " "); });
    if (!finished && states.contains(kMarkerLine)) continue;  // a demo was interrupted
    if (!states.contains(state_of(name, log::Log::open_read_only(path.string())))) {
      throw Refused(path.string() + ": is not as the demo left it; name another directory with --out");
    }
  }
}

// An empty directory of the demo's own. What stands in another's is never touched.
fs::path own_directory(const std::string& wanted) {
  const fs::path directory = wanted;
  if (fs::exists(directory)) {
    if (!fs::is_directory(directory)) throw Refused(wanted + ": is no directory");
    const bool ours = fs::exists(directory / kMarker);
    if (!ours && !fs::is_empty(directory)) {
      throw Refused(wanted + ": holds files that the demo did not make; name another directory with --out");
    }
    refuse_changed_databases(directory);
    for (const char* name : {"casebook", "lab"}) {
      for (const char* ending : {".db", ".db-wal", ".db-shm", ".db.lock", ".db.run", ".db.key", ".db.key.pub",
                                 ".db.checkpoints", ".xlsx", ".html"}) {
        fs::remove(directory / (std::string(name) + ending));
      }
    }
  }
  fs::create_directories(directory);
  std::ofstream(directory / kMarker) << kMarkerLine << '\n';
  return directory;
}

// As any command that writes signs what it wrote, but with a key of the demo's own.
void sign(log::Log& log, const Session& session) {
  log::keep_checkpoint(log, log::key_of(log, log::key_file_of(log.path())), session.now());
  log::write_checkpoints(log, log::checkpoint_file_of(log.path()));
}

// From now on a database with other entries is somebody's.
void remember(const fs::path& directory, const std::string& name, const log::Log& log) {
  std::ofstream(directory / kMarker, std::ios::app) << state_of(name, log) << '\n';
}

void write_reports(const log::Log& log, const catalog::Catalog& catalog, const query::ReportRequest& request,
                   const fs::path& stem, const Session& session) {
  const reports::Report report = query::report_model(log, catalog, request).report;
  for (const char* ending : {".xlsx", ".html"}) {
    const std::string path = stem.string() + ending;
    if (std::string(ending) == ".xlsx")
      reports::write_xlsx(report, path);
    else
      reports::write_html(report, path);
    session.out << path << '\n';
  }
}

void print_matrix(const Session& session, const catalog::Catalog& catalog, const query::View& view) {
  const query::Reader reader{catalog, session.language()};
  reports::print_matrix(query::matrix_of(reader, view.matrix, true), frame(session, catalog), session.out);
}

void casebook(Session& session, const fs::path& directory) {
  const catalog::Catalog catalog = *catalog::load({});
  const probes::Instant as_of = *law::parse_instant(kCasebookAsOf), since = *law::parse_instant(kCasebookSince);
  const auto entries = run::attestations_from_csv(catalog::casebook_csv(), "casebook.csv", catalog, session.now());
  if (!entries) throw std::logic_error("casebook: " + entries.error().front());
  log::Log log = log::Log::open((directory / "casebook.db").string());
  run::record_catalog(catalog, log, *law::parse_instant("2021-09-01T00:00:00+08:00"));
  log.append(*entries, session.now());
  sign(log, session);
  remember(directory, "casebook.db", log);

  session.out << session.word("demo.casebook") << "\n\n";
  const query::View view = query::look(log, catalog, as_of);
  print_matrix(session, catalog, view);
  session.out << '\n' << session.word("demo.changes") << '\n';
  print_news(session, catalog, news_since(query::findings_at(log, catalog, since), view.findings));
  session.out << '\n';
  write_reports(log, catalog, {session.language(), as_of, since}, directory / "casebook", session);
}

void lab(Session& session, const fs::path& directory) {
  const StopOnSignal signals;
  fs::create_directories(directory / "lab");
  probes::LabSettings settings;
  settings.directory = (directory / "lab").string();
  const probes::Lab lab(std::move(settings));
  const std::vector<catalog::Source> overlay = {{"lab", lab.overlay_yaml()}};
  const auto loaded = catalog::load(overlay);
  if (!loaded) throw std::logic_error("lab: " + loaded.error().front().message());
  const catalog::Catalog& catalog = *loaded;
  log::Log log = log::Log::open((directory / "lab.db").string());
  const run::Plan plan = run::plan_all(catalog, {}, session.now());
  const log::RunRecord record = run::execute(catalog, log, plan, {"demo", ""}, session.now, {}, signals.token());
  sign(log, session);
  remember(directory, "lab.db", log);

  session.out << '\n' << session.word("demo.lab") << "\n\n";
  print_matrix(session, catalog, query::look(log, catalog, record.ended));
  const query::Reader reader{catalog, session.language()};
  const auto horizon = query::horizon_of(catalog, record.ended);
  session.out << '\n' << query::accounting_in_words(reader, query::account(log, horizon)) << '\n';
  write_reports(log, catalog, {session.language(), record.ended, std::nullopt}, directory / "lab", session);
}

}  // namespace

void add_demo(CLI::App& app, Session& session) {
  auto directory = std::make_shared<std::string>("linkaudit-demo");
  CLI::App* command = app.add_subcommand("demo", "Press tests of 2021 and 2022 judged; a simulated internet audited");
  command->add_option("--out", *directory, "Directory of the demo's own")->type_name("DIR")->capture_default_str();
  command->callback([directory, &session] {
    const fs::path own = own_directory(*directory);
    casebook(session, own);
    lab(session, own);
  });
}

}  // namespace linkaudit::cli

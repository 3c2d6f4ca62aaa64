#include "probes/lab/lab.h"

#include <CLI/CLI.hpp>
#include <condition_variable>
#include <filesystem>
#include <fstream>
#include <memory>
#include <mutex>
#include <ostream>

#include "audit/cli/commands.h"
#include "audit/cli/session.h"
#include "audit/cli/signals.h"
#include "audit/law/calendar.h"
#include "audit/run/run_lock.h"

namespace linkaudit::cli {
namespace {

void wait_for(std::stop_token stop) {
  std::mutex mutex;
  std::condition_variable_any stopped;
  std::unique_lock lock(mutex);
  stopped.wait(lock, std::move(stop), [] { return false; });
}

struct LabOptions {
  std::string directory = "linkaudit-lab";
  std::string date;
};

// The overlay of an earlier lab may be replaced, a catalog of somebody's own never.
void refuse_if_of_others(const std::string& path) {
  if (!std::filesystem::exists(path)) return;
  std::ifstream file(path);
  std::string line;
  std::getline(file, line);
  if (!line.starts_with(probes::kLabOverlayMark)) {
    throw Refused(path + ": is no overlay of the lab; name another directory with --out");
  }
}

void serve(Session& session, const LabOptions& options) {
  if (!options.date.empty() && !law::parse_date(options.date)) {
    throw Refused("--date: \"" + options.date + "\" is no date; valid is 2021-11-29");
  }
  std::filesystem::create_directories(options.directory);
  const std::filesystem::path directory = options.directory;
  const auto lock = run::RunLock::take((directory / "lab").string());
  if (!lock) throw Refused(options.directory + ": a lab is being served from here; name another directory with --out");
  const std::string path = (directory / "linkaudit.yaml").string();
  refuse_if_of_others(path);
  const StopOnSignal signals;  // before the lab's threads, so that they leave the signals to it
  probes::LabSettings settings;
  settings.directory = options.directory;
  settings.date = options.date;
  const probes::Lab lab(std::move(settings));
  std::ofstream file(path);
  file << lab.overlay_yaml();
  file.close();
  if (!file) throw std::runtime_error(path + ": cannot be written");
  session.out << session.word("lab.ready") << path << std::endl;
  wait_for(signals.token());
}

}  // namespace

void add_lab(CLI::App& app, Session& session) {
  auto options = std::make_shared<LabOptions>();
  CLI::App* command = app.add_subcommand("lab", "Serve the simulated internet on loopback until stopped");
  command->add_option("--out", options->directory, "Directory for its certificate and the catalog overlay")
      ->type_name("DIR")
      ->capture_default_str();
  command->add_option("--date", options->date, "Day that it plays; the newest of its table when left out")
      ->type_name("YYYY-MM-DD");
  command->callback([options, &session] { serve(session, *options); });
}

}  // namespace linkaudit::cli

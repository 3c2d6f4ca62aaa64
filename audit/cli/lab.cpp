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

namespace linkaudit::cli {
namespace {

void wait_for(std::stop_token stop) {
  std::mutex mutex;
  std::condition_variable_any stopped;
  std::unique_lock lock(mutex);
  stopped.wait(lock, std::move(stop), [] { return false; });
}

struct Options {
  std::string directory = "linkaudit-lab";
  std::string date;
};

void serve(Session& session, const Options& options) {
  if (!options.date.empty() && !law::parse_date(options.date)) {
    throw Refused("--date: \"" + options.date + "\" is no date; valid is 2021-11-29");
  }
  const StopOnSignal signals;  // before the lab's threads, so that they leave the signals to it
  std::filesystem::create_directories(options.directory);
  probes::LabSettings settings;
  settings.directory = options.directory;
  settings.date = options.date;
  const probes::Lab lab(std::move(settings));
  const std::string path = (std::filesystem::path(options.directory) / "linkaudit.yaml").string();
  std::ofstream file(path);
  file << lab.overlay_yaml();
  file.close();
  if (!file) throw std::runtime_error(path + ": cannot be written");
  session.out << session.word("lab.ready") << path << std::endl;
  wait_for(signals.token());
}

}  // namespace

void add_lab(CLI::App& app, Session& session) {
  auto options = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand("lab", "Serve the simulated internet on loopback until stopped");
  command->add_option("--out", options->directory, "Directory for its certificate and the catalog overlay")
      ->type_name("DIR")
      ->capture_default_str();
  command->add_option("--date", options->date, "Day that it plays; the newest of its table when left out")
      ->type_name("YYYY-MM-DD");
  command->callback([options, &session] { serve(session, *options); });
}

}  // namespace linkaudit::cli

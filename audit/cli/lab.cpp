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

namespace linkaudit::cli {
namespace {

void wait_for(std::stop_token stop) {
  std::mutex mutex;
  std::condition_variable_any stopped;
  std::unique_lock lock(mutex);
  stopped.wait(lock, std::move(stop), [] { return false; });
}

void serve(Session& session, const std::string& directory) {
  const StopOnSignal signals;  // before the lab's threads, so that they leave the signals to it
  std::filesystem::create_directories(directory);
  const probes::Lab lab(probes::LabSettings{directory});
  const std::string path = (std::filesystem::path(directory) / "linkaudit.yaml").string();
  std::ofstream file(path);
  file << lab.overlay_yaml();
  file.close();
  if (!file) throw std::runtime_error(path + ": cannot be written");
  session.out << session.word("lab.ready") << path << std::endl;
  wait_for(signals.token());
}

}  // namespace

void add_lab(CLI::App& app, Session& session) {
  auto directory = std::make_shared<std::string>("linkaudit-lab");
  CLI::App* command = app.add_subcommand("lab", "Serve the simulated internet on loopback until stopped");
  command->add_option("--out", *directory, "Directory for its certificate and the catalog overlay")
      ->type_name("DIR")
      ->capture_default_str();
  command->callback([directory, &session] { serve(session, *directory); });
}

}  // namespace linkaudit::cli

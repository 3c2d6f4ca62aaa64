#include <fmt/format.h>
#include <sys/wait.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <optional>
#include <ostream>

#include "audit/cli/schedule_commands.h"
#include "audit/cli/session.h"
#include "audit/cli/units.h"

namespace linkaudit::cli {
namespace {

namespace fs = std::filesystem;

struct InstallOptions {
  bool cron = false, systemd = false, daemon = false, system = false, dry_run = false, undo = false;
  std::string name = "linkaudit", directory;
};

struct Ended {
  int status = 0;
  std::string output;
};

Ended output_of(const std::string& command) {
  std::FILE* pipe = ::popen(command.c_str(), "r");
  if (pipe == nullptr) throw std::runtime_error("cannot start " + command);
  Ended ended;
  char buffer[4096];
  for (std::size_t read = 0; (read = std::fread(buffer, 1, sizeof buffer, pipe)) > 0;)
    ended.output.append(buffer, read);
  const int status = ::pclose(pipe);
  ended.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128;
  return ended;
}

// Throws Refused unless it is known what the user's crontab holds: it is written anew as a whole.
std::string current_crontab() {
  const Ended listed = output_of("LC_ALL=C crontab -l 2>&1");
  if (listed.status == 0) return listed.output;
  if (listed.output.find("no crontab for") != std::string::npos) return "";
  if (listed.status == 127) throw Refused("--cron: there is no crontab program here; --systemd is the other way");
  throw Refused("--cron: crontab -l failed: " + listed.output.substr(0, listed.output.find('\n')));
}

void write_crontab(const std::string& text) {
  std::FILE* pipe = ::popen("crontab -", "w");
  if (pipe == nullptr) throw std::runtime_error("cannot start crontab");
  std::fwrite(text.data(), 1, text.size(), pipe);
  const int status = ::pclose(pipe);
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
    throw std::runtime_error("crontab - did not take the new crontab");
}

Installed described(const Session& session, const InstallOptions& options) {
  Installed what;
  what.name = options.name;
  std::error_code error;
  what.program = fs::read_symlink("/proc/self/exe", error).string();
  if (error) throw std::runtime_error("cannot tell where this program is: " + error.message());
  what.database = absolute_path(session.globals.database);
  what.directory = fs::path(what.database).parent_path().string();
  for (const std::string& catalog : session.catalog_paths()) what.catalogs.push_back(absolute_path(catalog));
  if (!session.globals.key.empty()) what.key = absolute_path(session.globals.key);
  what.daemon = options.daemon;
  what.for_user = !options.system;
  std::vector<std::string> paths = what.catalogs;
  paths.insert(paths.end(), {what.program, what.database, what.key});
  for (const std::string& path : paths) {
    if (!can_be_written(path)) throw Refused("install: a path with control characters cannot be written down");
  }
  return what;
}

void say(const Session& session, std::string_view key, const std::string& what) {
  session.out << fmt::format(fmt::runtime(session.word(key)), what) << '\n';
}

void install_cron(Session& session, const InstallOptions& options) {
  const std::string before = options.dry_run ? "" : current_crontab();
  const std::string block = options.undo ? "" : crontab_block(described(session, options));
  if (options.dry_run) {
    session.out << block;
    if (options.undo) say(session, "install.would_remove_block", options.name);
    return;
  }
  const std::string after = with_block(before, options.name, block);
  if (after != before) write_crontab(after);
  if (!options.undo) session.out << block;
  say(session,
      after == before ? "install.unchanged"
      : options.undo  ? "install.block_removed"
                      : "install.block_added",
      options.name);
}

fs::path unit_directory(const InstallOptions& options) {
  if (!options.directory.empty()) return absolute_path(options.directory);
  if (options.system) return "/etc/systemd/system";
  if (const char* config = std::getenv("XDG_CONFIG_HOME"); config != nullptr && *config == '/') {
    return fs::path(config) / "systemd/user";
  }
  const char* home = std::getenv("HOME");
  if (home == nullptr || *home != '/') throw Refused("--dir: HOME is not set; say where the units go");
  return fs::path(home) / ".config/systemd/user";
}

// What is there already; a file of somebody else's is refused.
std::optional<std::string> ours_at(const fs::path& path) {
  if (!fs::exists(path)) return std::nullopt;
  std::string text = read_file(path.string(), 1 << 20);
  if (!is_ours(text))
    throw Refused(path.string() + ": was not written by linkaudit; move it away, or take another --name");
  return text;
}

void write_unit(const fs::path& path, const std::string& text) {
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  file << text;
  file.close();
  if (!file) throw Refused(path.string() + ": cannot be written");
}

void remove_units(Session& session, const InstallOptions& options, const fs::path& directory) {
  const std::vector<std::string> names = {options.name + ".timer", options.name + ".service"};
  std::vector<fs::path> there;
  for (const std::string& name : names) {
    if (ours_at(directory / name)) there.push_back(directory / name);
  }
  if (there.empty()) return say(session, "install.unchanged", options.name);
  for (const fs::path& path : there) {
    if (!options.dry_run) fs::remove(path);
    say(session, options.dry_run ? "install.would_remove" : "install.removed", path.string());
  }
  const std::string manager = options.system ? "systemctl" : "systemctl --user";
  say(session, "install.then",
      manager + " disable --now " + there.front().filename().string() + "; " + manager + " daemon-reload");
}

void install_systemd(Session& session, const InstallOptions& options) {
  const fs::path directory = unit_directory(options);
  if (options.undo) return remove_units(session, options, directory);
  const auto units = systemd_units(described(session, options));
  for (const auto& [name, text] : units) ours_at(directory / name);  // before anything is written
  if (!options.dry_run) {
    std::error_code error;
    fs::create_directories(directory, error);
    if (error) throw Refused(directory.string() + ": " + error.message());
  }
  for (const auto& [name, text] : units) {
    if (options.dry_run) {
      session.out << "# " << (directory / name).string() << '\n' << text << '\n';
      continue;
    }
    write_unit(directory / name, text);
    say(session, "install.wrote", (directory / name).string());
  }
  const std::string manager = options.system ? "systemctl" : "systemctl --user";
  say(session, "install.then", manager + " daemon-reload && " + manager + " enable --now " + units.front().first);
}

void install(Session& session, const InstallOptions& options) {
  session.only({Format::text});
  if (options.cron == options.systemd) throw Refused("install: say --cron or --systemd");
  if (options.name.empty() ||
      options.name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-_") != std::string::npos) {
    throw Refused("--name: \"" + options.name + "\" is no name; valid are small letters, digits, - and _");
  }
  if (!options.undo && session.load_catalog().schedules.empty()) session.err << session.word("schedule.none") << '\n';
  options.cron ? install_cron(session, options) : install_systemd(session, options);
}

}  // namespace

void add_schedule_install(CLI::App& command, Session& session) {
  auto options = std::make_shared<InstallOptions>();
  CLI::App* install_command =
      command.add_subcommand("install", "Have `run --due` asked for every minute by cron or systemd");
  CLI::Option* cron = install_command->add_flag("--cron", options->cron, "A block in this user's crontab");
  CLI::Option* systemd =
      install_command->add_flag("--systemd", options->systemd, "A timer and a service, with hardening");
  cron->excludes(systemd);
  install_command->add_flag("--daemon", options->daemon, "A service that runs all the time, in place of the timer")
      ->needs(systemd);
  install_command->add_flag("--system", options->system, "For the system's manager, not this user's")->needs(systemd);
  install_command->add_option("--dir", options->directory, "Where the units go")->type_name("DIR")->needs(systemd);
  install_command->add_option("--name", options->name, "Of the block or units, for several databases")
      ->type_name("NAME")
      ->capture_default_str();
  install_command->add_flag("--dry-run", options->dry_run, "Print what would be written, and write nothing");
  install_command->add_flag("--undo", options->undo, "Take away what install has written");
  install_command->callback([options, &session] { install(session, *options); });
}

}  // namespace linkaudit::cli

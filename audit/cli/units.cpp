#include "audit/cli/units.h"

#include <algorithm>

namespace linkaudit::cli {
namespace {

constexpr const char* kMark = "# Written by linkaudit schedule install; --undo takes it away again.\n";

std::string begin_of(const std::string& name) {
  return "# begin linkaudit " + name;
}
std::string end_of(const std::string& name) {
  return "# end linkaudit " + name;
}

std::string replaced(std::string text, const std::string& what, const std::string& by) {
  for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + by.size())) {
    text.replace(at, what.size(), by);
  }
  return text;
}

// As one word of sh.
std::string for_shell(const std::string& text) {
  return "'" + replaced(text, "'", "'\\''") + "'";
}
// As one word of a unit's command line: `%` and `$` are expanded there.
std::string for_unit(const std::string& text) {
  std::string word = replaced(replaced(text, "\\", "\\\\"), "\"", "\\\"");
  return "\"" + replaced(replaced(word, "%", "%%"), "$", "$$") + "\"";
}
// As a path of a unit's setting, which is not split.
std::string for_setting(const std::string& text) {
  return replaced(text, "%", "%%");
}
// As one of several paths of a setting.
std::string for_list(const std::string& text) {
  return "\"" + replaced(replaced(replaced(text, "\\", "\\\\"), "\"", "\\\""), "%", "%%") + "\"";
}

std::string command(const Installed& what, std::string (*word)(const std::string&)) {
  std::string line = word(what.program);
  for (const std::string& catalog : what.catalogs) line += " --catalog " + word(catalog);
  line += " --db " + word(what.database);
  if (!what.key.empty()) line += " --key " + word(what.key);
  return line + (what.daemon ? " serve --no-http" : " run --due");
}

// What a program needs that fetches pages and writes one directory, and nothing else.
std::string hardening(const Installed& what) {
  std::string text =
      "NoNewPrivileges=yes\n"
      "ProtectSystem=strict\n"
      "ProtectHome=read-only\n"
      "ReadWritePaths=" +
      for_list(what.directory) +
      "\n"
      "PrivateTmp=yes\n"
      "PrivateDevices=yes\n"
      "ProtectClock=yes\n"
      "ProtectControlGroups=yes\n"
      "ProtectHostname=yes\n"
      "ProtectKernelLogs=yes\n"
      "ProtectKernelModules=yes\n"
      "ProtectKernelTunables=yes\n"
      "RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX AF_NETLINK\n"
      "RestrictNamespaces=yes\n"
      "RestrictRealtime=yes\n"
      "RestrictSUIDSGID=yes\n"
      "LockPersonality=yes\n"
      "MemoryDenyWriteExecute=yes\n"
      "SystemCallArchitectures=native\n"
      "SystemCallFilter=@system-service\n"
      "SystemCallErrorNumber=EPERM\n"
      "UMask=0077\n";
  text += what.for_user ? "PrivateUsers=yes\n" : "CapabilityBoundingSet=\n";
  return text;
}

std::string service(const Installed& what) {
  std::string text = std::string(kMark) +
                     "[Unit]\n"
                     "Description=linkaudit: " +
                     (what.daemon ? "probes what is due, all the time" : "probes what is due") +
                     "\n"
                     "Wants=network-online.target\n"
                     "After=network-online.target\n"
                     "\n"
                     "[Service]\n";
  text += what.daemon ? "Type=notify\n"
                        "WatchdogSec=5min\n"
                        "Restart=on-failure\n"
                        "RestartSec=10s\n"
                        "ExecReload=kill -HUP $MAINPID\n"
                      : "Type=oneshot\n"
                        "# 4: finished, and some planned observations are gaps.\n"
                        "SuccessExitStatus=4\n";
  text += "WorkingDirectory=" + for_setting(what.directory) + "\n";
  text += "ExecStart=" + command(what, for_unit) + "\n";
  text += hardening(what);
  if (what.daemon)
    text += std::string("\n[Install]\nWantedBy=") + (what.for_user ? "default" : "multi-user") + ".target\n";
  return text;
}

std::string timer(const Installed& what) {
  return std::string(kMark) +
         "[Unit]\n"
         "Description=linkaudit: asks every minute what is due (" +
         what.name +
         ")\n"
         "\n"
         "[Timer]\n"
         "OnCalendar=*-*-* *:*:00\n"
         "AccuracySec=1s\n"
         "Persistent=true\n"
         "\n"
         "[Install]\n"
         "WantedBy=timers.target\n";
}

}  // namespace

bool can_be_written(const std::string& text) {
  return std::ranges::all_of(text, [](unsigned char each) { return each >= 0x20 && each != 0x7F; });
}

std::string crontab_block(const Installed& what) {
  // A `%` of a crontab is a line's end unless it is escaped, also within quotes.
  const std::string line = "cd " + for_shell(what.directory) + " && " + command(what, for_shell) + " >/dev/null";
  return begin_of(what.name) + "\n* * * * *  " + replaced(line, "%", "\\%") + "\n" + end_of(what.name) + "\n";
}

std::string with_block(const std::string& crontab, const std::string& name, const std::string& block) {
  std::string kept;
  bool inside = false;
  for (std::size_t start = 0; start < crontab.size();) {
    const std::size_t end = std::min(crontab.find('\n', start), crontab.size());
    const std::string line = crontab.substr(start, end - start);
    if (line == begin_of(name)) inside = true;
    if (!inside) kept += line + "\n";
    if (line == end_of(name)) inside = false;
    start = end + 1;
  }
  return kept + block;
}

std::vector<std::pair<std::string, std::string>> systemd_units(const Installed& what) {
  if (what.daemon) return {{what.name + ".service", service(what)}};
  return {{what.name + ".timer", timer(what)}, {what.name + ".service", service(what)}};
}

bool is_ours(const std::string& unit) {
  return unit.starts_with(kMark);
}

}  // namespace linkaudit::cli

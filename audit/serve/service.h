// The daemon as a process: detached or not, with a pid file or not, alone on its database.
#pragma once

#include <optional>
#include <string>

#include "audit/serve/daemon.h"

namespace linkaudit::serve {

struct ServiceRequest {
  DaemonRequest daemon;
  bool detach = false;   // leave the terminal: absolute paths only
  std::string pid_file;  // "" for none
};

// Serves until a stop; false at once when another daemon serves this database. Throws what the daemon throws.
bool serve(ServiceRequest request);

}  // namespace linkaudit::serve

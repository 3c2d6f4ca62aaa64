// Hands what is new to a command of the operator's, as JSON on its standard input.
#pragma once

#include <string>

namespace linkaudit::run {

// Runs `command` by /bin/sh and waits. Returns its exit status (128 + signal when it was killed). Throws
// std::runtime_error when no process can be started.
int notify(const std::string& command, const std::string& json);

}  // namespace linkaudit::run

// How far a run is, with its rate and the time left, for a terminal.
#pragma once

#include <chrono>
#include <string>

#include "audit/cli/session.h"
#include "audit/run/runner.h"

namespace linkaudit::cli {

// "[########------------]  40/100  12.5/s  0:05": one line without its end, at most `width` characters wide.
std::string progress_line(std::size_t done, std::size_t of, std::chrono::milliseconds elapsed, std::size_t width);

// Draws on standard error, ten times a second at most; nothing where that is no terminal. `session` must outlive it.
run::Progress progress_of(const Session& session);

}  // namespace linkaudit::cli

// The command line as a whole: parse, run one command, give its exit code.
#pragma once

#include <iosfwd>

#include "probes/prober.h"

namespace linkaudit::cli {

// Results to `out`; progress and problems, a line each, to `err`. Catches what ends a command and never throws.
int run_command_line(int argc, char** argv, std::ostream& out, std::ostream& err, probes::NowFunction now);

}  // namespace linkaudit::cli

// Who may include whom.
//
//     audit:       main
//                  cli
//                 serve
//                  run
//                 query
//                catalog
//             log      law       not each other; of probes the plain values only
//     -----------------------
//     probes schedules reports   not each other, and nothing of audit
#pragma once

#include <string>
#include <vector>

#include "tests/house/tree.h"

namespace linkaudit::house {

struct IncludeLine {
  int line = 0;
  std::string target;
  bool own = false;  // in quotes
};

std::vector<IncludeLine> includes_of(const std::string& text);

// One line for each include that the picture or the table of libraries does not allow:
// "probes/a.cpp:3: audit/words.h: probes may include probes only".
std::vector<std::string> forbidden_arrows(const Tree& tree);

}  // namespace linkaudit::house

// The cases of data/casebook.txt: what was seen, and what is found of it.
#pragma once

#include <string>
#include <vector>

#include "audit/law/judge.h"
#include "probes/observation.h"

namespace linkaudit::law {

struct TableCase {
  int line = 0;
  Obligation obligation;
  bool shared_gateway = false;
  std::vector<Waiver> waivers;
  std::vector<probes::Observation> seen;  // in the order in which they are appended; without a context
  Instant as_of{};
  std::string of, finding, reason;
};

// Throws std::invalid_argument naming the line that cannot be read.
std::vector<TableCase> read_table(const std::string& path);

}  // namespace linkaudit::law

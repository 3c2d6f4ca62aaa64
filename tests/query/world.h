// A small catalog, and a log in a directory of its own: for looking at what was appended.
#pragma once

#include <cstdint>
#include <vector>

#include "audit/catalog/catalog.h"
#include "audit/query/view.h"
#include "tests/log/case_file.h"

namespace linkaudit::query {

// Three shops, one with two links, and a library, in two contexts of WeChat; a clause on opening, one on parity, one
// that lower tiers can confirm; from 2021-09-17 in Shanghai.
catalog::Catalog small_catalog();

// "2021-10-01T12:00:00+08:00", or a date: noon there.
Instant at(std::string text);

probes::Observation person(const std::string& when, const std::string& link, const std::string& context,
                           probes::Outcome outcome, const std::string& observer = "ann");
probes::Observation probe(const std::string& when, const std::string& link, const std::string& context,
                          probes::Outcome outcome, probes::Tier tier = probes::Tier::target);

// A log to which they were appended in this order, some at a time.
class Told {
 public:
  explicit Told(const std::vector<probes::Observation>& seen);

  const log::Log& log() const { return log_; }
  void tell(const std::vector<log::NewEntry>& entries);  // recorded the day after

 private:
  log::CaseFile file_;
  log::Log log_ = file_.open();
};

}  // namespace linkaudit::query

// What newer rules make of what was seen before: `catalog test` and `reclassify`.
#pragma once

#include <cstdint>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>

#include "audit/cli/observation_options.h"
#include "audit/run/retest.h"

namespace linkaudit::cli {

// Judges the kept evidence again by the rules of the catalog in force, and shows what would be another.
void retest(Session& session, const ObservationOptions& options);

// What was judged otherwise, collected for showing. `id` names the table, whose title and intro are words.
class Retests {
 public:
  Retests(const Session& session, const catalog::Catalog& catalog, std::string id);
  ~Retests();
  Retests(const Retests&) = delete;
  Retests& operator=(const Retests&) = delete;

  // `entry`: of what was written; nothing where nothing was.
  void add(const run::Retested& change, std::optional<std::int64_t> entry = std::nullopt);

  // `done` is a word with gaps for the numbers of those judged and of those judged otherwise.
  void show(Session& session, const run::RetestCounts& counts, nlohmann::json document, const std::string& done);

 private:
  struct Collected;
  std::unique_ptr<Collected> collected_;
};

}  // namespace linkaudit::cli

// Everything that is judged at one instant, from the log and a catalog. Reads; writes nothing.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "audit/catalog/catalog.h"
#include "audit/law/judge.h"
#include "audit/log/read.h"
#include "audit/query/spans.h"
#include "audit/query/waivers_shown.h"

namespace linkaudit::query {

using Instant = law::Instant;

struct View {
  log::Horizon horizon;
  std::vector<law::Finding> findings;
  std::vector<law::MatrixCell> matrix;
  std::vector<WaiverShown> waivers;
  std::optional<std::vector<law::Finding>> without_waivers;  // while one is in force

  // As they would be without any waiver.
  const std::vector<law::Finding>& unwaived() const { return without_waivers ? *without_waivers : findings; }
};

// What the log knows, up to `as_of` (inclusive) and, when given, up to entry `known_entry`, judged by the catalog.
// Simulated entries are seen only with a simulated catalog, real ones only with a real one. With `known_entry` the
// waivers are those that the log knew then, else the catalog's.
View look(const log::Log& log, const catalog::Catalog& catalog, Instant as_of,
          std::optional<std::int64_t> known_entry = std::nullopt);

// The findings alone, without their words: for what changed.
std::vector<law::Finding> findings_at(const log::Log& log, const catalog::Catalog& catalog, Instant as_of);

// The same by a policy made before; simulated or real as the horizon says.
std::vector<law::Finding> findings_at(const log::Log& log, const law::Policy& policy, const log::Horizon& horizon);

// The matrix alone. Reads no more of the log than it needs: the same time however long the history.
struct MatrixView {
  log::Horizon horizon;
  std::vector<law::MatrixCell> cells;
};
MatrixView look_at_matrix(const log::Log& log, const catalog::Catalog& catalog, Instant as_of,
                          std::optional<std::int64_t> known_entry = std::nullopt);

// The facts that are judged, within the horizon.
Spans spans_at(const log::Log& log, const log::Horizon& horizon);

// The horizon alone, for listings that need no judgement.
log::Horizon horizon_of(const catalog::Catalog& catalog, Instant as_of,
                        std::optional<std::int64_t> known_entry = std::nullopt);

}  // namespace linkaudit::query

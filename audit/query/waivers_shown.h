// Waivers as they are shown: those judged by, with what they do and since when the log knows them, and those that went.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "audit/law/waiver_use.h"
#include "audit/log/read.h"

namespace linkaudit::query {

enum class ShownWaiver { not_begun, in_force, expired, withdrawn };
std::string_view name(ShownWaiver state);

// An entry on a waiver.
struct WaiverMark {
  log::WaiverChange change = log::WaiverChange::added;
  law::Instant at{};
  std::int64_t entry = 0;
};

struct WaiverShown {
  law::Waiver waiver;  // of one that went: as it was last known
  ShownWaiver state = ShownWaiver::not_begun;
  std::optional<law::WaiverUse> use;       // nothing: it went
  bool recorded = false;                   // the log knows it as it is, or that it went
  std::vector<WaiverMark> marks;           // in order of entry; none: the log has never heard of it
  std::optional<law::Instant> last_known;  // of one that went: when a command that writes still knew it
};

// The waivers that the log knew at the horizon, as they then were, those known longest first.
std::vector<law::Waiver> waivers_known(const log::Log& log, const log::Horizon& horizon);

// Of the waivers judged by, with their uses in the same order; then, by id, of those the log knew once.
std::vector<WaiverShown> waivers_shown(const log::Log& log, const log::Horizon& horizon,
                                       std::span<const law::Waiver> judged_by, std::span<const law::WaiverUse> uses);

}  // namespace linkaudit::query

// A made-up world for the benchmarks of the law: platforms, contexts, clauses, and what a probe saw of them every hour.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "audit/law/judge.h"

namespace linkaudit::bench {

inline constexpr int kPlatforms = 20, kLinks = 3, kContexts = 50;  // 3,000 cells
inline constexpr law::Instant kBegin{std::chrono::milliseconds(1'630'000'000'000)};
inline constexpr std::chrono::hours kBetween{1};  // two looks at one cell

std::string platform_id(int platform);
std::string link_id(int platform, int link);
std::string context_id(int context);

// Ten clauses, one of them about parity, over every context.
law::Policy policy();

// What look number `look` at a cell shows. Each state lasts some `lasting` looks; the same arguments, the same state.
struct Shown {
  probes::Outcome outcome = probes::Outcome::direct;
  probes::Blame blame = probes::Blame::none;
};
Shown shown(int cell, std::int64_t look, int lasting);

// `looks` looks at each of the 3,000 cells, as spans; by so many sources in turn, at all tiers when there are several.
// Their texts are put into `texts`.
std::vector<law::Span> spans(std::int64_t looks, int lasting, int sources, std::set<std::string>& texts);

}  // namespace linkaudit::bench

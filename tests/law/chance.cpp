#include "tests/law/chance.h"

#include <algorithm>
#include <array>
#include <set>
#include <string>
#include <tuple>

#include "tests/law/spans.h"

namespace linkaudit::law {

using probes::Outcome;
using std::chrono::hours;

const Instant kStart = at("2021-09-17T00:00:00");

std::vector<Span> observations(Chance& chance, int wanted) {
  constexpr std::array kSaid = {Outcome::direct,  Outcome::direct,     Outcome::blocked,
                                Outcome::blocked, Outcome::login_wall, Outcome::unreachable};
  std::vector<Span> spans;
  std::set<std::pair<std::string, Instant>> taken;
  for (int number = 0; number < wanted; ++number) {
    const probes::Tier tier = chance.one_of(probes::kTiers);
    const std::string source = std::string(name(tier)) + chance.one_of(std::array{"ann", "bob", "cem"});
    Span span = probe(tier, "2021-09-17", chance.one_of(kSaid), source);
    span.first = span.last = kStart + hours(6 * chance.below(240));
    if (span.outcome == Outcome::unreachable) span.blame = probes::Blame::unknown;
    if (chance.once_in(5)) span.blame = probes::Blame::platform;
    if (chance.once_in(4)) span.network_failure = true;
    if (chance.once_in(3)) span.valid_days = 1 + chance.below(20);
    if (chance.once_in(2)) span.link = "taobao/home";
    span.first_entry = span.last_entry = number + 1;
    if (taken.insert({std::string(span.link) + source, span.first}).second) spans.push_back(span);
  }
  return spans;
}

bool same_but_for_time(const Span& left, const Span& right) {
  Span moved = right;
  moved.first = left.first;
  moved.last = left.last;
  moved.first_entry = left.first_entry;
  moved.last_entry = left.last_entry;
  moved.count = left.count;
  return moved == left;
}

std::vector<Span> as_spans(std::vector<Span> observations) {
  std::stable_sort(observations.begin(), observations.end(), [](const Span& left, const Span& right) {
    return std::tie(left.link, left.source, left.first) < std::tie(right.link, right.source, right.first);
  });
  std::vector<Span> spans;
  for (const Span& seen : observations) {
    if (spans.empty() || !same_but_for_time(spans.back(), seen)) {
      spans.push_back(seen);
      continue;
    }
    spans.back().last = seen.last;
    spans.back().last_entry = seen.last_entry;
    spans.back().count += 1;
  }
  return spans;
}

}  // namespace linkaudit::law

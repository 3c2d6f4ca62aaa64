// Writes a long log through the real one: make_log FILE ENTRIES [LASTING]. A probe looks at each of 3,000 cells every
// hour, a person at each every thirtieth day; what they see stays the same for some LASTING looks, 240 when left out. A
// log that is there is made longer, and comes out as if it had been made at once.
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <vector>

#include "audit/log/log.h"
#include "tests/bench/law/facts.h"

namespace linkaudit::bench {
namespace {

constexpr int kCells = kPlatforms * kLinks * kContexts;
constexpr int kBetweenPersons = 720;  // looks

probes::Observation look(int cell, std::int64_t number, int lasting, probes::Tier tier) {
  const int link = cell % (kPlatforms * kLinks), context = cell / (kPlatforms * kLinks);
  probes::Observation seen;
  seen.at = kBegin + number * kBetween + std::chrono::seconds(cell);
  seen.link = link_id(link / kLinks, link % kLinks);
  seen.platform = platform_id(link / kLinks);
  seen.context = context_id(context);
  seen.tier = tier;
  seen.vantage = "local";
  const Shown state = shown(cell, number, lasting);
  seen.outcome = state.outcome;
  seen.blame = state.blame;
  return seen;
}

probes::Observation probe(int cell, std::int64_t number, int lasting) {
  probes::Observation seen = look(cell, number, lasting, probes::Tier::target);
  seen.url = "https://www." + seen.platform + ".example/" + seen.link;
  probes::Hop hop;
  hop.url = seen.url;
  hop.status = 200;
  hop.address = "203.0.113.1";
  hop.timing = {1.0, 2.0, 3.0, 4.0 + cell % 7, 9.0 + static_cast<double>(number % 11)};
  seen.hops = {hop};
  seen.page = probes::Page{seen.url, "An item", "utf-8", 20'000 + number % 100, std::string(64, 'a'), false};
  return seen;
}

probes::Observation person(int cell, std::int64_t number, int lasting) {
  probes::Observation seen = look(cell, number, lasting, probes::Tier::in_app);
  seen.at += std::chrono::milliseconds(500);
  seen.method = "attestation";
  seen.observer = cell % 2 == 0 ? "ann" : "bob";
  return seen;
}

// All that is seen in one hour.
std::vector<log::NewEntry> sweep(std::int64_t number, int lasting) {
  std::vector<log::NewEntry> entries;
  for (int cell = 0; cell < kCells; ++cell) {
    entries.push_back(log::NewObservation{probe(cell, number, lasting), std::nullopt});
    if ((number + cell) % kBetweenPersons == 0) {
      entries.push_back(log::NewObservation{person(cell, number, lasting), std::nullopt});
    }
  }
  return entries;
}

int make(const char* path, std::int64_t wanted, int lasting) {
  log::Log log = log::Log::open(path);
  std::int64_t there = 0;
  for (std::int64_t number = 0; there < wanted; ++number) {
    std::vector<log::NewEntry> entries = sweep(number, lasting);
    const auto have = log.size() - there;  // of these
    there += static_cast<std::int64_t>(entries.size());
    if (have >= static_cast<std::int64_t>(entries.size())) continue;
    entries.erase(entries.begin(), entries.begin() + have);
    if (there > wanted) entries.resize(entries.size() - static_cast<std::size_t>(there - wanted));
    log.append(entries, kBegin + (number + 1) * kBetween);
  }
  std::printf("%s: %lld entries\n", path, static_cast<long long>(log.size()));
  return EXIT_SUCCESS;
}

}  // namespace
}  // namespace linkaudit::bench

int main(int count, char** arguments) {
  if (count != 3 && count != 4) {
    std::fputs("usage: make_log FILE ENTRIES [LASTING]\n", stderr);
    return EXIT_FAILURE;
  }
  return linkaudit::bench::make(arguments[1], std::atoll(arguments[2]), count == 4 ? std::atoi(arguments[3]) : 240);
}

// How long judge() and matrix() take over 3,000 cells. The first argument is the number of observations of each cell,
// the second how many of them in a row show the same (with 1 each observation is a span of its own, the worst there
// is), the third the number of sources who look in turn.
#include <benchmark/benchmark.h>

#include "tests/bench/law/facts.h"

namespace linkaudit::bench {
namespace {

void count(benchmark::State& state, const std::vector<law::Span>& all) {
  state.counters["observations"] = static_cast<double>(state.range(0) * kPlatforms * kLinks * kContexts);
  state.counters["spans"] = static_cast<double>(all.size());
}

void judge(benchmark::State& state) {
  const law::Policy law = policy();
  std::set<std::string> texts;
  const std::vector<law::Span> all =
      spans(state.range(0), static_cast<int>(state.range(1)), static_cast<int>(state.range(2)), texts);
  const law::Instant as_of = kBegin + state.range(0) * kBetween;
  for (auto _ : state) benchmark::DoNotOptimize(law::judge(law, all, as_of));
  count(state, all);
}
BENCHMARK(judge)
    ->Args({334, 24, 1})
    ->Args({334, 1, 1})
    ->Args({334, 24, 9})
    ->Args({334, 1, 9})
    ->Unit(benchmark::kMillisecond);

void matrix(benchmark::State& state) {
  const law::Policy law = policy();
  std::set<std::string> texts;
  const std::vector<law::Span> all =
      spans(state.range(0), static_cast<int>(state.range(1)), static_cast<int>(state.range(2)), texts);
  const law::Instant as_of = kBegin + state.range(0) * kBetween;
  for (auto _ : state) benchmark::DoNotOptimize(law::matrix(law, all, as_of));
  count(state, all);
}
BENCHMARK(matrix)
    ->Args({334, 24, 1})
    ->Args({334, 1, 1})
    ->Args({334, 24, 9})
    ->Args({334, 1, 9})
    ->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace linkaudit::bench

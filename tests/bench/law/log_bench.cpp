// How long it takes to look at a long log: law_log_bench LOG... [--benchmark_...], with logs of make_log. The matrix is
// asked for at three instants of each: now, halfway back, and near its begin. Then entries all over the log are proved
// to be in it, one at a time, each proof checked.
#include <benchmark/benchmark.h>

#include <cstdint>
#include <cstdio>
#include <random>
#include <string>

#include "audit/catalog/catalog.h"
#include "audit/log/log_proofs.h"
#include "audit/query/view.h"
#include "tests/bench/law/facts.h"

namespace linkaudit::bench {
namespace {

catalog::Catalog catalog_of(const law::Policy& law) {
  catalog::Catalog catalog;
  for (const law::JudgedContext& context : law.contexts) {
    if (catalog.hosts.empty() || catalog.hosts.back().id != context.host) {
      catalog.hosts.emplace_back().id = context.host;
      catalog.hosts.back().operator_name.en = context.operator_id;
    }
    catalog::HostContext& each = catalog.hosts.back().contexts.emplace_back();
    each.id = context.id;
    each.kind = context.kind;
  }
  for (const law::JudgedPlatform& platform : law.platforms) {
    catalog::Platform& each = catalog.platforms.emplace_back();
    each.id = platform.id;
    each.category = platform.category;
    for (const std::string& link : platform.links) each.links.emplace_back().id = link;
  }
  catalog.obligations = law.obligations;
  return catalog;
}

law::Instant newest(const log::Log& log) {
  return log.entry(log.size())->at;
}

// As a command does it: the log is opened, asked once, and closed.
void matrix(benchmark::State& state, const std::string& path) {
  const catalog::Catalog catalog = catalog_of(policy());
  const log::Log first = log::Log::open_read_only(path);
  const law::Instant end = newest(first);
  const law::Instant as_of = kBegin + (end - kBegin) * state.range(0) / 100;
  for (auto _ : state) {
    const log::Log log = log::Log::open_read_only(path);
    benchmark::DoNotOptimize(query::look_at_matrix(log, catalog, as_of));
  }
  state.counters["entries"] = static_cast<double>(first.size());
}

void proof(benchmark::State& state, const std::string& path) {
  const log::Log log = log::Log::open_read_only(path);
  const std::int64_t size = log.size();
  const log::Digest root = log.root();
  log::Hasher hasher;
  std::mt19937_64 random(1);
  for (auto _ : state) {
    const std::int64_t seq = 1 + static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(size));
    const log::Proof proof = log::prove_entry(log, seq, size);
    const auto proved = log::root_by_inclusion(hasher, log.entry(seq)->leaf, seq - 1, size, proof);
    if (proved != root) state.SkipWithError("no proof");
  }
  state.counters["entries"] = static_cast<double>(size);
}

}  // namespace
}  // namespace linkaudit::bench

int main(int count, char** arguments) {
  benchmark::Initialize(&count, arguments);
  for (int index = 1; index < count; ++index) {
    const std::string path = arguments[index];
    benchmark::RegisterBenchmark(("matrix/" + path).c_str(), linkaudit::bench::matrix, path)
        ->Arg(100)
        ->Arg(50)
        ->Arg(10)
        ->Unit(benchmark::kMillisecond);
    benchmark::RegisterBenchmark(("proof/" + path).c_str(), linkaudit::bench::proof, path)
        ->Unit(benchmark::kMicrosecond);
  }
  if (count < 2) std::fputs("usage: law_log_bench LOG... ; law_make_log makes them\n", stderr);
  benchmark::RunSpecifiedBenchmarks();
  benchmark::Shutdown();
  return 0;
}

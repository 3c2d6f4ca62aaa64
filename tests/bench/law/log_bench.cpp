// How long it takes to look at a long log: law_log_bench LOG... [--benchmark_...], with logs of make_log. The matrix is
// asked for at three instants of each: now, halfway back, and near its begin.
#include <benchmark/benchmark.h>

#include <cstdio>
#include <string>

#include "audit/catalog/catalog.h"
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
  }
  if (count < 2) std::fputs("usage: law_log_bench LOG... ; law_make_log makes them\n", stderr);
  benchmark::RunSpecifiedBenchmarks();
  benchmark::Shutdown();
  return 0;
}

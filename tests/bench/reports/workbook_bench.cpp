// reports_bench [ROWS [PAIRS]]: a workbook of observations by the report's writer and by a bare program, by turns.
// Each runs as a process of its own, so that its memory is its own.
#include <fmt/format.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <stdexcept>
#include <vector>

#include "reports/write.h"
#include "tests/bench/reports/observations.h"

namespace {

struct Cost {
  double wall, processor;  // seconds
  long peak;               // KiB
};

double seconds_of(const timeval& time) {
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

template <typename Work>
Cost cost_of(Work work) {
  const auto begin = std::chrono::steady_clock::now();
  const pid_t child = fork();
  if (child < 0) throw std::runtime_error("cannot fork");
  if (child == 0) {
    work();
    _exit(0);
  }
  int status = 0;
  rusage usage = {};
  if (wait4(child, &status, 0, &usage) != child || status != 0) throw std::runtime_error("a writer failed");
  const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - begin;
  return {wall.count(), seconds_of(usage.ru_utime) + seconds_of(usage.ru_stime), usage.ru_maxrss};
}

double median(std::vector<double> values) {
  std::ranges::sort(values);
  return values[values.size() / 2];
}

}  // namespace

int main(int count, char** arguments) {
  const std::int64_t rows = count > 1 ? std::atoll(arguments[1]) : 1'000'000;
  const int pairs = count > 2 ? std::atoi(arguments[2]) : 3;
  const std::string path = "reports_bench.xlsx";
  const linkaudit::reports::Report report = linkaudit::bench::report_of(rows);
  std::vector<double> wall, processor;
  for (int i = 0; i < pairs; ++i) {
    const Cost bare = cost_of([&] { linkaudit::bench::write_bare(path, rows); });
    const auto bare_size = std::filesystem::file_size(path);
    const Cost ours = cost_of([&] { linkaudit::reports::write_xlsx(report, path); });
    fmt::print(
        "bare {:.1f} s ({:.1f} s of processor time, {} MiB, file {} KiB), ours {:.1f} s ({:.1f} s, {} MiB, {} KiB)\n",
        bare.wall, bare.processor, bare.peak / 1024, bare_size / 1024, ours.wall, ours.processor, ours.peak / 1024,
        std::filesystem::file_size(path) / 1024);
    wall.push_back(ours.wall / bare.wall);
    processor.push_back(ours.processor / bare.processor);
  }
  std::filesystem::remove(path);
  fmt::print("{} rows, medians of the pairs: {:.2f} of the time, {:.2f} of the processor time\n", rows, median(wall),
             median(processor));
}

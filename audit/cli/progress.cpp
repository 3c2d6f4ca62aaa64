#include "audit/cli/progress.h"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <memory>
#include <ostream>

namespace linkaudit::cli {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t kBar = 30;
constexpr std::chrono::milliseconds kBetween(100);

std::string time_left(double seconds) {
  const auto whole = static_cast<long long>(seconds + 0.5);
  if (whole < 3600) return fmt::format("{}:{:02}", whole / 60, whole % 60);
  return fmt::format("{}:{:02}:{:02}", whole / 3600, whole / 60 % 60, whole % 60);
}

std::size_t width_of_terminal() {
  winsize size{};
  if (::ioctl(STDERR_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return 80;
  return size.ws_col;
}

}  // namespace

std::string progress_line(std::size_t done, std::size_t of, std::chrono::milliseconds elapsed, std::size_t width) {
  std::string line = fmt::format("{:>{}}/{}", done, std::to_string(of).size(), of);
  const double seconds = static_cast<double>(elapsed.count()) / 1000;
  if (done > 0 && seconds > 0) {
    const double rate = static_cast<double>(done) / seconds;
    line += fmt::format("  {:.1f}/s  {}", rate, time_left(static_cast<double>(of - done) / rate));
  }
  if (line.size() + kBar + 4 < width) {
    const std::size_t filled = of == 0 ? kBar : done * kBar / of;
    line = "[" + std::string(filled, '#') + std::string(kBar - filled, '-') + "]  " + line;
  }
  return line.substr(0, width);
}

run::Progress progress_of(const Session& session) {
  if (::isatty(STDERR_FILENO) == 0) return {};
  const auto begun = Clock::now();
  auto drawn = std::make_shared<Clock::time_point>();
  return [&err = session.err, begun, drawn](std::size_t done, std::size_t of) {
    const auto now = Clock::now();
    if (done != of && now - *drawn < kBetween) return;
    *drawn = now;
    const auto elapsed = std::chrono::duration_cast<std::chrono::milliseconds>(now - begun);
    err << '\r' << progress_line(done, of, elapsed, width_of_terminal()) << "\x1b[K" << (done == of ? "\n" : "")
        << std::flush;
  };
}

}  // namespace linkaudit::cli

#include <fmt/format.h>

#include <charconv>
#include <chrono>
#include <cmath>
#include <optional>

#include "audit/run/xlsx_parts.h"

namespace linkaudit::run::xlsx {
namespace {

constexpr double kDays1904 = 1462, kLastDay = 2958465;  // 9999-12-31
constexpr int kSecondsOfDay = 86400;

// The code unit of "_x4F60_" at `at`.
std::optional<unsigned> escaped_unit(const std::string& text, std::size_t at) {
  constexpr std::size_t length = 7;
  if (text.size() < at + length || text[at + 1] != 'x' || text[at + length - 1] != '_') return std::nullopt;
  unsigned unit = 0;
  const char* begin = text.data() + at + 2;
  const auto [end, error] = std::from_chars(begin, begin + 4, unit, 16);
  if (error != std::errc() || end != begin + 4) return std::nullopt;
  return unit;
}

void append_utf8(std::string& text, unsigned point) {
  const auto add = [&](unsigned byte) { text += static_cast<char>(static_cast<unsigned char>(byte)); };
  if (point < 0x80) return add(point);
  if (point < 0x800) {
    add(0xC0 | point >> 6);
  } else {
    add(0xE0 | point >> 12);
    add(0x80 | (point >> 6 & 0x3F));
  }
  add(0x80 | (point & 0x3F));
}

std::string date_text(double serial, bool from_1904) {
  double days = serial + (from_1904 ? kDays1904 : 0);
  if (days < 0 || days > kLastDay) return fmt::format("{}", serial);
  auto day = static_cast<std::int64_t>(std::floor(days));
  auto seconds = static_cast<std::int64_t>(std::llround((days - std::floor(days)) * kSecondsOfDay));
  if (seconds == kSecondsOfDay) {
    day += 1;
    seconds = 0;
  }
  std::string time = fmt::format("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
  if (day == 0) return time;
  // The spreadsheets' 1900 has a 29 February: day 60.
  const std::chrono::sys_days zero = std::chrono::year(1899) / 12 / (day < 60 ? 31 : 30);
  const std::chrono::year_month_day date(zero + std::chrono::days(day));
  const std::string shown = fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()),
                                        static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
  return seconds == 0 ? shown : shown + "T" + time;
}

}  // namespace

std::string decoded(const std::string& text) {
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const auto unit = text[at] == '_' ? escaped_unit(text, at) : std::nullopt;
    if (unit && *unit != 0 && (*unit < 0xD800 || *unit > 0xDFFF)) {
      append_utf8(out, *unit);
      at += 6;
    } else {
      out += text[at];
    }
  }
  return out;
}

std::string number_text(const std::string& text, bool is_date, bool from_1904) {
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(number)) return text;
  if (is_date) return date_text(number, from_1904);
  return fmt::format("{:.15g}", number);
}

}  // namespace linkaudit::run::xlsx

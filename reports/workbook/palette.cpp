#include "reports/workbook/palette.h"

#include <algorithm>
#include <cmath>

namespace linkaudit::reports::workbook {
namespace {

constexpr std::uint32_t own_accent = 0x1F3A5F;
constexpr double readable = 4.5;

double part_of(std::uint32_t colour, int shift) {
  return (colour >> shift) & 0xFF;
}

double luminance(std::uint32_t colour) {
  const auto part = [&](int shift) {
    const double value = part_of(colour, shift) / 255;
    return value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
  };
  return 0.2126 * part(16) + 0.7152 * part(8) + 0.0722 * part(0);
}

// So much of `one`, the rest of `other`.
std::uint32_t mixed(std::uint32_t one, std::uint32_t other, double share) {
  std::uint32_t out = 0;
  for (const int shift : {16, 8, 0}) {
    const double value = part_of(one, shift) * share + part_of(other, shift) * (1 - share);
    out |= static_cast<std::uint32_t>(std::lround(value)) << shift;
  }
  return out;
}

}  // namespace

double contrast(std::uint32_t one, std::uint32_t other) {
  const auto [low, high] = std::minmax({luminance(one), luminance(other)});
  return (high + 0.05) / (low + 0.05);
}

std::uint32_t ink_on(std::uint32_t paper) {
  return contrast(0xFFFFFF, paper) >= contrast(body, paper) ? 0xFFFFFF : body;
}

Accents accents_of(std::optional<std::uint32_t> colour) {
  Accents accents{};
  accents.paper = colour.value_or(own_accent) & 0xFFFFFF;
  accents.paper_ink = contrast(0xFFFFFF, accents.paper) >= readable ? 0xFFFFFF : 0x000000;
  accents.group_paper = mixed(accents.paper, 0xFFFFFF, 0.14);
  accents.ink = accents.paper;
  while (contrast(accents.ink, accents.group_paper) < readable) accents.ink = mixed(accents.ink, 0x000000, 0.9);
  return accents;
}

Paint paint_of(Tone tone) {
  switch (tone) {
    case Tone::good: return {0xDDF3E4, 0x0B5A2E, 0x2E9E5B};
    case Tone::fair: return {0xFFF1CF, 0x6B4400, 0xD99A1C};
    case Tone::bad: return {0xFBDDDA, 0x8F1A12, 0xD0382B};
    case Tone::unknown: return {0xE6E9EE, 0x3A4654, 0x8793A1};
    case Tone::muted: return {0xF6F7F9, 0x626D79, 0xC4CBD3};
    case Tone::notice: return {0xDDEBFB, 0x114A8B, 0x3A7BC8};
  }
  return {0xFFFFFF, 0x000000, 0x000000};
}

}  // namespace linkaudit::reports::workbook

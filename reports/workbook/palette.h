// The colours of the workbook. Each tone's ink on its paper has a contrast of at least 4.5 (WCAG 2.2, 1.4.3).
#pragma once

#include <cstdint>
#include <optional>

#include "reports/report.h"

namespace linkaudit::reports::workbook {

struct Paint {
  std::uint32_t paper, ink, edge;  // 0xRRGGBB
};

Paint paint_of(Tone tone);

// Of titles and headings: an organisation's own colour, as far as it can be read.
struct Accents {
  std::uint32_t paper, paper_ink;  // of headings
  std::uint32_t group_paper, ink;  // of headings below them, and of titles on white
};

Accents accents_of(std::optional<std::uint32_t> colour);

double contrast(std::uint32_t one, std::uint32_t other);  // WCAG 2.2
std::uint32_t ink_on(std::uint32_t paper);                // white or dark, whichever is read better

inline constexpr std::uint32_t input_paper = 0xFFF9DB;  // what is to be filled in
inline constexpr std::uint32_t input_edge = 0xE3D48C;
inline constexpr std::uint32_t input_heading = 0x7A5C00;
inline constexpr std::uint32_t bar_paper = 0xBCD2EA;  // behind numbers
inline constexpr std::uint32_t heat_papers[] = {0xFFFFFF, 0xFFE3A3, 0xF2A497};
inline constexpr std::uint32_t body = 0x1F2933;
inline constexpr std::uint32_t faint = 0x5B6672;
inline constexpr std::uint32_t rule = 0xD5DBE1;
inline constexpr std::uint32_t alarm_paper = 0xB42318;
inline constexpr std::uint32_t alarm_ink = 0xFFFFFF;

}  // namespace linkaudit::reports::workbook

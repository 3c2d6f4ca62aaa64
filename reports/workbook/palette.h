// The colours of the workbook. Each tone's ink on its paper has a contrast of at least 4.5 (WCAG 2.2, 1.4.3).
#pragma once

#include <cstdint>

#include "reports/report.h"

namespace linkaudit::reports::workbook {

struct Paint {
  std::uint32_t paper, ink, edge;  // 0xRRGGBB
};

Paint paint_of(Tone tone);

inline constexpr std::uint32_t heading_paper = 0x1F3A5F;
inline constexpr std::uint32_t heading_ink = 0xFFFFFF;
inline constexpr std::uint32_t group_paper = 0xDCE6F2;
inline constexpr std::uint32_t accent = 0x1F3A5F;
inline constexpr std::uint32_t body = 0x1F2933;
inline constexpr std::uint32_t faint = 0x5B6672;
inline constexpr std::uint32_t rule = 0xD5DBE1;
inline constexpr std::uint32_t alarm_paper = 0xB42318;
inline constexpr std::uint32_t alarm_ink = 0xFFFFFF;

}  // namespace linkaudit::reports::workbook

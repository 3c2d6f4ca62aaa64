// The style sheet of one report: the one of all pages, and what only this report knows.
#pragma once

#include <cstdint>
#include <string>

#include "reports/display.h"

namespace linkaudit::reports::page {

// Contrast of two colours 0xRRGGBB, 1 ... 21 (WCAG 2.2, relative luminance).
double contrast(std::uint32_t one, std::uint32_t other);

// The colour, or as much darker (on light paper) or lighter as makes it readable there: a contrast of at least 4.5.
std::uint32_t readable_on(std::uint32_t paper, std::uint32_t colour);

// page.css, the report's accent colour, and what stands in the margins of a printed page.
std::string style_of(const Report& report, const Display& display);

}  // namespace linkaudit::reports::page

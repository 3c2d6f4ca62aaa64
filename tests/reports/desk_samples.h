// Reports as an auditor hands them over for the desk: with charts, timelines, pictures, officers' columns and entries.
#pragma once

#include "reports/report.h"

namespace linkaudit::reports::samples {

// Every kind of value and part in one report.
Report desk(Language language);

// A PNG of so many pixels, grey stripes.
std::string stripes(std::uint32_t width, std::uint32_t height);

}  // namespace linkaudit::reports::samples

// Reports as an auditor hands them over for the desk: with charts, timelines, pictures, officers' columns and entries.
#pragma once

#include "reports/report.h"

namespace linkaudit::reports::samples {

// Every kind of value and part in one report.
Report desk(Language language);

// More than a hundred texts that try to be more than text: those of samples.h, and what is a trick elsewhere.
std::vector<std::string> desk_hostile_texts();

// Table "texts" of them (columns "number", "text", "badge"), and the same in tables "breaches" of twenty rows each.
Report desk_hostile();

// A PNG of so many pixels, grey stripes.
std::string stripes(std::uint32_t width, std::uint32_t height);

}  // namespace linkaudit::reports::samples

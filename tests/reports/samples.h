// Reports for the tests to draw.
#pragma once

#include <string>
#include <vector>

#include "reports/report.h"

namespace linkaudit::reports::samples {

// 2022-01-27T23:59:59+08:00
Instant desk_test();

// What an auditor would hand over: cover, matrix of six platforms in four contexts, findings, observations.
Report realistic(Language language);

// The same, and everything else that a report can hold: a simulated one with odd values.
Report simulated(Language language);

// Everything a workbook can draw: clauses counted by formulas, with a chart; fifteen contexts; findings to be filled
// in; heat, timeline, pictures, a logo and an accent.
Report full(Language language);

// Little of each thing that a workbook can draw.
Report golden();

// Texts that try to be more than text, one a row (columns "number", "text"), and in every other place of the report.
Report hostile();
std::vector<std::string> hostile_texts();

// One table "long" of so many rows: number, instant, text.
Report long_report(std::int64_t rows);

}  // namespace linkaudit::reports::samples

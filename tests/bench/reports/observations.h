// The same observations for both writers: a million rows of twelve columns, as the observation sheet has them.
#pragma once

#include <cstdint>
#include <string>

#include "reports/report.h"

namespace linkaudit::bench {

// One row by its number; the same each time.
void fill(reports::Row& row, std::int64_t number);

reports::Report report_of(std::int64_t rows);

void write_bare(const std::string& path, std::int64_t rows);  // as a program that knows its cells would

}  // namespace linkaudit::bench

// When a PDF says that it was made.
#pragma once

#include <string>

#include "reports/report.h"

namespace linkaudit::reports::pdf {

// The document with its dates of creation and change, which the browser takes from the clock, set to `at` (UTC). As
// many bytes as before, since a PDF counts them (ISO 32000-1, 7.5.4; dates: 7.9.4). Others are left alone.
std::string dated(std::string document, Instant at);

}  // namespace linkaudit::reports::pdf

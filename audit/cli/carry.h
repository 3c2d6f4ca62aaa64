// What officers filled in, brought back from a workbook.
#pragma once

#include <string>

#include "audit/cli/session.h"

namespace linkaudit::cli {

// All or nothing. Throws Refused with every problem, a line each.
void carry_remarks(Session& session, const catalog::Catalog& catalog, const std::string& workbook);

}  // namespace linkaudit::cli

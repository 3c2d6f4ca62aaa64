// What an officer filled in beside the breaches of a workbook, taken into the log.
#pragma once

#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "audit/catalog/catalog.h"
#include "audit/log/read.h"

namespace linkaudit::run {

struct RemarksRead {
  std::vector<log::Remark> remarks;  // those that say something new
  std::int64_t known = 0;            // the log has them just so
  std::int64_t replacing = 0;        // of the new ones, those in whose place the workbook did not know the newest
};

// Of a workbook that `report` wrote, as Excel, LibreOffice or openpyxl saved it again, in whichever language; rows may
// have been sorted, filtered, or taken out. Cells that were emptied take a remark back if the workbook knew it.
// `source` is the workbook's SHA-256. All problems, each a line with its cell.
tl::expected<RemarksRead, std::vector<std::string>> remarks_from_xlsx(const std::string& bytes, const std::string& name,
                                                                      const std::string& source,
                                                                      const catalog::Catalog& catalog,
                                                                      const log::Log& log, log::Instant now);

}  // namespace linkaudit::run

// A report as a file: in the format that its ending names, with the digest of what was written.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "audit/cli/session.h"
#include "audit/query/report_model.h"

namespace linkaudit::cli {

// Throws Refused unless the output is a folder ("DIR/") or has an ending that is known, whatever its case, and the
// sheet, when there is one, goes with it.
void check_report_output(const std::string& output, const std::string& sheet);

struct WrittenFile {
  std::string path, sha256;  // hex
  std::int64_t bytes = 0;
};

// Writes it; of a folder every sheet as CSV, JSON and NDJSON. `sheet`: that one alone.
std::vector<WrittenFile> write_report(const reports::Report& report, const std::string& output,
                                      const std::string& sheet);

// One of the catalog's reports as it is asked for. Throws Refused when there is none, or its logo cannot be read.
query::ReportRequest report_request(const catalog::Catalog& catalog, const std::string& layout,
                                    const std::string& language, probes::Instant as_of);

// The entry that says that this file was given out.
log::IssuedReport issued_report(const query::ReportModel& model, const query::ReportRequest& request,
                                const catalog::Catalog& catalog, const WrittenFile& file, probes::Instant now);

}  // namespace linkaudit::cli

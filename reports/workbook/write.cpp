#include <filesystem>

#include "reports/file.h"
#include "reports/workbook/parts.h"
#include "reports/write.h"

namespace linkaudit::reports {

void write_xlsx(const Report& report, const std::string& path) {
  const Display display(report);
  replace_file(path, [&](const std::string& temporary) {
    // Working files beside the report: there is room for it there, or it cannot be written anyway.
    const std::string parent = std::filesystem::path(temporary).parent_path().string();
    workbook::Book book(report, display, temporary, parent.empty() ? "." : parent);
    for (const std::string& id : drawn_order(report)) {
      if (id == "cover") {
        workbook::add_cover(book);
      } else if (id == "matrix") {
        workbook::add_matrix(book, *report.matrix);
      } else if (id == "timeline") {
        workbook::add_timeline(book, *report.timeline);
      } else {
        workbook::add_table(book, *find_table(report, id));
      }
    }
    book.close();
    workbook::check_whole(temporary);
  });
}

}  // namespace linkaudit::reports

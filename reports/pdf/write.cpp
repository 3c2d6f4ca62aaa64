// The page, printed.
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include "reports/file.h"
#include "reports/page/page.h"
#include "reports/pdf/browser.h"
#include "reports/pdf/dates.h"
#include "reports/pdf/node_names.h"
#include "reports/write.h"

namespace linkaudit::reports {
namespace {

// A directory that nobody else may read, gone at the end.
class PrivateDirectory {
 public:
  PrivateDirectory() {
    std::string name = (std::filesystem::temp_directory_path() / "linkaudit-pdf-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no directory for temporary files");
    path_ = name;
  }
  ~PrivateDirectory() {
    std::error_code error;  // a process of the browser may still write there: what is left, the system clears
    std::filesystem::remove_all(path_, error);
  }
  PrivateDirectory(const PrivateDirectory&) = delete;
  PrivateDirectory& operator=(const PrivateDirectory&) = delete;

  std::string at(const char* name) const { return path_ + "/" + name; }
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

void write_page(const Report& report, const std::string& file) {
  std::ofstream out(file, std::ios::binary);
  page::add_page(report, page::rows_on_paper, out);
  out.close();
  if (!out) throw std::runtime_error("no room for temporary files");
}

std::string printed(const std::string& file) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream bytes;
  bytes << in.rdbuf();
  std::string text = bytes.str();
  if (!text.starts_with("%PDF-") ||
      text.find("%%EOF", text.size() - std::min<std::size_t>(text.size(), 16)) == std::string::npos) {
    throw std::runtime_error("the browser has written no whole PDF");
  }
  return text;
}

}  // namespace

void write_pdf(const Report& report, const std::string& path) {
  replace_file_by_stream(path, [&](std::ostream& out) {
    const std::string browser = pdf::find_browser();
    const PrivateDirectory directory;
    write_page(report, directory.at("page.html"));
    pdf::print_page(browser, directory.at("page.html"), directory.at("page.pdf"), directory.path());
    out << pdf::with_nodes_numbered(pdf::dated(printed(directory.at("page.pdf")), report.as_of));
  });
}

}  // namespace linkaudit::reports

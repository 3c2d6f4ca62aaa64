#include <Poco/Exception.h>
#include <Poco/Zip/ZipArchive.h>
#include <Poco/Zip/ZipStream.h>

#include <array>
#include <fstream>
#include <stdexcept>
#include <string_view>
#include <utility>

#include "reports/workbook/parts.h"

namespace linkaudit::reports::workbook {
namespace {

// Follows the elements of one part of the workbook, as far as it takes to see that nothing is missing from its middle
// or its end: every "<" is closed by a ">", and the elements that were opened are closed again.
class Wholeness {
 public:
  void read(std::string_view bytes) {
    while (!bytes.empty()) {
      const std::size_t end = bytes.find(inside_ ? '>' : '<');
      const std::string_view part = bytes.substr(0, end);
      if (inside_) read_tag(part);
      if (end == std::string_view::npos) return;
      if (inside_) end_of_tag();
      inside_ = !inside_;
      bytes.remove_prefix(end + 1);
    }
  }
  bool whole() const { return !broken_ && !inside_ && depth_ == 0 && seen_; }

 private:
  void read_tag(std::string_view part) {
    if (part.empty()) return;
    if (first_ == '\0') first_ = part.front();
    last_ = part.back();
    if (part.find('<') != std::string_view::npos) broken_ = true;
  }
  void end_of_tag() {
    const char first = std::exchange(first_, '\0');
    if (first == '?' || first == '!') return;
    seen_ = true;
    if (first == '/') {
      depth_ -= 1;
    } else if (last_ != '/') {
      depth_ += 1;
    }
    if (depth_ < 0) broken_ = true;
  }

  bool inside_ = false, seen_ = false, broken_ = false;
  char first_ = '\0', last_ = '\0';
  long depth_ = 0;
};

bool is_whole(std::istream& zip, const Poco::Zip::ZipLocalFileHeader& header) {
  Poco::Zip::ZipInputStream in(zip, header);
  Wholeness wholeness;
  std::array<char, 65536> block{};
  while (in.read(block.data(), block.size()) || in.gcount() > 0) {
    wholeness.read({block.data(), static_cast<std::size_t>(in.gcount())});
  }
  return wholeness.whole() && in.crcValid();
}

}  // namespace

void check_whole(const std::string& path) try {
  std::ifstream zip(path, std::ios::binary);
  const Poco::Zip::ZipArchive archive(zip);
  for (auto part = archive.headerBegin(); part != archive.headerEnd(); ++part) {
    zip.clear();
    if (!is_whole(zip, part->second)) throw std::runtime_error("not all of it could be written: is the disk full?");
  }
} catch (const Poco::Exception& error) {
  throw std::runtime_error("the workbook cannot be read back: " + error.displayText());
}

}  // namespace linkaudit::reports::workbook

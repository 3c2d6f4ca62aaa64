#include <Poco/Exception.h>
#include <Poco/Zip/ZipArchive.h>
#include <Poco/Zip/ZipStream.h>

#include <array>
#include <fstream>
#include <stdexcept>

#include "reports/workbook/parts.h"

namespace linkaudit::reports::workbook {
namespace {

// Follows the elements of one part of the workbook, as far as it takes to see that nothing is missing from its middle
// or its end: every "<" is closed by a ">", and the elements that were opened are closed again.
class Wholeness {
 public:
  void read(const char* bytes, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) read(bytes[i]);
  }
  bool whole() const { return !broken_ && !inside_ && depth_ == 0 && seen_; }

 private:
  void read(char c) {
    if (!inside_) {
      if (c == '<') inside_ = true, first_ = '\0', last_ = '\0';
      return;
    }
    if (c == '<') broken_ = true;
    if (c == '>') return end_of_tag();
    if (first_ == '\0') first_ = c;
    last_ = c;
  }
  void end_of_tag() {
    inside_ = false;
    if (first_ == '?' || first_ == '!') return;
    seen_ = true;
    if (first_ == '/')
      depth_ -= 1;
    else if (last_ != '/')
      depth_ += 1;
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
    wholeness.read(block.data(), static_cast<std::size_t>(in.gcount()));
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

#include <Poco/Exception.h>
#include <Poco/Zip/ZipArchive.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <fstream>
#include <memory>
#include <stdexcept>
#include <string_view>
#include <utility>
#include <vector>

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

// zlib's stream, given back at the end.
class Inflating {
 public:
  Inflating() {
    if (inflateInit2(&stream_, -MAX_WBITS) != Z_OK) throw std::runtime_error("no memory to read the workbook back");
  }
  ~Inflating() { inflateEnd(&stream_); }
  Inflating(const Inflating&) = delete;
  Inflating& operator=(const Inflating&) = delete;

  // Hands over what comes out of `input`; false for what is not deflated data.
  template <typename Use>
  bool read(std::string_view input, Use use) {
    stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(input.data()));
    stream_.avail_in = static_cast<uInt>(input.size());
    while (!ended_ && (stream_.avail_in > 0 || stream_.avail_out == 0)) {
      stream_.next_out = reinterpret_cast<Bytef*>(out_.data());
      stream_.avail_out = static_cast<uInt>(out_.size());
      const int answer = inflate(&stream_, Z_NO_FLUSH);
      if (answer != Z_OK && answer != Z_STREAM_END && answer != Z_BUF_ERROR) return false;
      use(std::string_view(out_.data(), out_.size() - stream_.avail_out));
      ended_ = answer == Z_STREAM_END;
    }
    return true;
  }
  bool ended() const { return ended_; }

 private:
  z_stream stream_ = {};
  std::array<char, 262144> out_{};
  bool ended_ = false;
};

// Pictures are no XML.
bool is_xml(const std::string& name) {
  return name.ends_with(".xml") || name.ends_with(".rels") || name.ends_with(".vml");
}

bool is_whole(std::istream& zip, const Poco::Zip::ZipLocalFileHeader& header) {
  Wholeness wholeness;
  const auto inflating = std::make_unique<Inflating>();
  uLong crc = crc32(0, nullptr, 0);
  const auto use = [&](std::string_view bytes) {
    crc = crc32_z(crc, reinterpret_cast<const Bytef*>(bytes.data()), bytes.size());
    wholeness.read(bytes);
  };
  const bool stored = header.getCompressionMethod() == Poco::Zip::ZipCommon::CM_STORE;
  std::vector<char> block(65536);
  zip.seekg(header.getDataStartPos());
  for (auto left = static_cast<std::uint64_t>(header.getCompressedSize()); left > 0;) {
    const auto size = static_cast<std::streamsize>(std::min<std::uint64_t>(left, block.size()));
    if (!zip.read(block.data(), size)) return false;
    left -= static_cast<std::uint64_t>(size);
    const std::string_view bytes(block.data(), static_cast<std::size_t>(size));
    if (stored) {
      use(bytes);
    } else if (!inflating->read(bytes, use)) {
      return false;
    }
  }
  const bool ended = stored || inflating->ended();
  return ended && crc == header.getCRC() && (!is_xml(header.getFileName()) || wholeness.whole());
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

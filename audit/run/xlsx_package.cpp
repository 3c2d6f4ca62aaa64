#include "audit/run/xlsx_package.h"

#include <Poco/Exception.h>
#include <Poco/SAX/Attributes.h>
#include <Poco/SAX/SAXParser.h>
#include <Poco/Zip/ZipArchive.h>
#include <Poco/Zip/ZipStream.h>

#include <algorithm>
#include <array>
#include <iterator>

#include "audit/log/utf8.h"

namespace linkaudit::run::xlsx {
namespace {

constexpr std::size_t kMostParts = 5000;
constexpr std::size_t kLongestTag = 64U << 10U, kLongestReference = 16;

bool is_utf8(std::string_view text) {
  while (!text.empty()) {
    const std::size_t length = text.front() == '\0' ? 0 : log::utf8_length(text);
    if (length == 0) return false;
    text.remove_prefix(length);
  }
  return true;
}

// Neither what no spreadsheet needs, nor a tag or a reference longer than any: a parser that reads block by block
// starts over on it with each block.
bool is_plain(std::string_view xml) {
  if (!is_utf8(xml)) return false;
  const std::size_t first = xml.find('<');
  for (std::size_t at = first; at != std::string_view::npos; at = xml.find_first_of("<&", at + 1)) {
    const bool is_tag = xml[at] == '<';
    const std::string_view rest = xml.substr(at, is_tag ? kLongestTag : kLongestReference);
    const std::size_t end = rest.find_first_of(is_tag ? "<>" : "<>&;", 1);
    if (end == std::string_view::npos || rest[end] != (is_tag ? '>' : ';')) return false;
    if (rest.starts_with("<!") || (rest.starts_with("<?") && at != first)) return false;
  }
  return true;
}

}  // namespace

struct Package::Parts {
  Poco::Zip::ZipArchive archive;
};

Package::Package(const std::string& bytes) try : file_(bytes) {
  if (!bytes.starts_with("PK\x03\x04")) throw Unreadable("not an xlsx workbook");
  const std::size_t end = bytes.rfind("PK\x05\x06");  // the end of the archive's directory, of 22 bytes
  if (end == std::string::npos || bytes.size() - end < 22) throw Unreadable("not a whole workbook: its end is missing");
  parts_ = std::make_unique<Parts>(Parts{Poco::Zip::ZipArchive(file_)});
  const auto count = std::distance(parts_->archive.headerBegin(), parts_->archive.headerEnd());
  if (static_cast<std::size_t>(count) > kMostParts) throw Unreadable("has too many parts");
} catch (const Poco::Exception& error) {
  throw Unreadable("not an xlsx workbook: " + error.displayText());
}

Package::~Package() = default;

bool Package::has(const std::string& part) const {
  return parts_->archive.findHeader(part) != parts_->archive.headerEnd();
}

std::string Package::read(const std::string& part) try {
  const auto header = parts_->archive.findHeader(part);
  if (header == parts_->archive.headerEnd()) throw Unreadable("has no part " + part);
  if (header->second.isEncrypted()) throw Unreadable("is encrypted");
  file_.clear();
  Poco::Zip::ZipInputStream in(file_, header->second);
  const std::size_t most = std::min(kMostPartBytes, kMostDecodedBytes - decoded_);
  std::string content;
  std::array<char, 16384> block{};
  while (in.read(block.data(), block.size()) || in.gcount() > 0) {
    content.append(block.data(), static_cast<std::size_t>(in.gcount()));
    if (content.size() > most) throw Unreadable("part " + part + " is too large");
  }
  if (!in.crcValid()) throw Unreadable("part " + part + " is damaged");
  decoded_ += content.size();
  return content;
} catch (const Poco::Exception& error) {
  throw Unreadable("part " + part + " is damaged: " + error.displayText());
}

void parse(const std::string& part, const std::string& xml, Elements& handler) try {
  if (!is_plain(xml)) throw Unreadable("part " + part + " is not plain XML as spreadsheets write it");
  Poco::XML::SAXParser parser;
  parser.setFeature(Poco::XML::XMLReader::FEATURE_EXTERNAL_GENERAL_ENTITIES, false);
  parser.setFeature(Poco::XML::XMLReader::FEATURE_EXTERNAL_PARAMETER_ENTITIES, false);
  parser.setContentHandler(&handler);
  parser.parseMemoryNP(xml.data(), xml.size());
  if (!handler.refused.empty()) throw Unreadable(handler.refused);
} catch (const Poco::Exception& error) {
  throw Unreadable("part " + part + " is damaged: " + error.displayText());
}

std::string attribute(const Poco::XML::Attributes& attributes, const std::string& name) {
  for (int index = 0; index < attributes.getLength(); ++index) {
    if (attributes.getLocalName(index) == name) return attributes.getValue(index);
  }
  return "";
}

}  // namespace linkaudit::run::xlsx

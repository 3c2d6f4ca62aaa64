// The parts of an Office Open XML package (ECMA-376 part 2): bounded bytes out of a ZIP file, and plain XML.
#pragma once

#include <Poco/SAX/DefaultHandler.h>

#include <memory>
#include <sstream>
#include <stdexcept>
#include <string>

namespace linkaudit::run::xlsx {

inline constexpr std::size_t kMostFileBytes = 32U << 20U;      // of the package
inline constexpr std::size_t kMostPartBytes = 64U << 20U;      // of one part, decoded
inline constexpr std::size_t kMostDecodedBytes = 192U << 20U;  // of all parts that are read

// The file is not one that can be read: one line, without the file's name.
class Unreadable : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

class Package {
 public:
  // Throws Unreadable for what is no ZIP file, or has too many parts.
  explicit Package(const std::string& bytes);
  ~Package();
  Package(const Package&) = delete;
  Package& operator=(const Package&) = delete;

  bool has(const std::string& part) const;
  // Throws Unreadable for a part that is not there, damaged, encrypted or too large.
  std::string read(const std::string& part);

 private:
  struct Parts;

  std::istringstream file_;
  std::unique_ptr<Parts> parts_;
  std::size_t decoded_ = 0;
};

// What takes a part's elements. It is called from a C library, which no exception may cross: what it cannot take it
// refuses, and takes nothing more.
struct Elements : Poco::XML::DefaultHandler {
  std::string refused;  // why; the first time counts

  void refuse(const std::string& why) {
    if (refused.empty()) refused = why;
  }
};

// Hands the elements of a part to the handler. Throws Unreadable for what it refused. Spreadsheets write neither
// document types, entities, comments nor CDATA: such a part, and one that is not well-formed UTF-8, is Unreadable, so
// that nothing expands and nothing is fetched.
void parse(const std::string& part, const std::string& xml, Elements& handler);

// By local name, whatever the prefix; "" when it is not there.
std::string attribute(const Poco::XML::Attributes& attributes, const std::string& name);

}  // namespace linkaudit::run::xlsx

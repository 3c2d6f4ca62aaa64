#include "audit/run/xlsx_parts.h"

#include <Poco/SAX/Attributes.h>

#include <algorithm>
#include <cstdlib>

namespace linkaudit::run::xlsx {
namespace {

using Poco::XML::Attributes;
using Poco::XML::XMLString;

constexpr std::size_t kMostSheets = 256, kMostStrings = 2'000'000, kMostStyles = 100'000;

struct Workbook : Elements {
  std::vector<std::string> relations;  // of the sheets
  bool from_1904 = false;

  void startElement(const XMLString&, const XMLString& name, const XMLString&, const Attributes& all) override {
    if (name == "workbookPr") {
      const std::string is = attribute(all, "date1904");
      from_1904 = is == "1" || is == "true";
    }
    if (name != "sheet") return;
    if (relations.size() == kMostSheets) return refuse("has too many sheets");
    relations.push_back(attribute(all, "id"));
  }
};

struct Relations : Elements {
  std::map<std::string, std::string> targets;  // names of parts

  void startElement(const XMLString&, const XMLString& name, const XMLString&, const Attributes& all) override {
    if (name != "Relationship" || attribute(all, "TargetMode") == "External") return;
    const std::string target = attribute(all, "Target");
    targets[attribute(all, "Id")] = target.starts_with("/") ? target.substr(1) : "xl/" + target;
  }
};

struct SharedStrings : Elements {
  std::vector<std::string> strings;
  int readings = 0;  // how deep inside one
  bool text = false;

  void startElement(const XMLString&, const XMLString& name, const XMLString&, const Attributes&) override {
    if (name == "si") {
      if (strings.size() == kMostStrings) return refuse("has too many shared strings");
      strings.emplace_back();
    }
    if (name == "rPh") readings += 1;
    text = name == "t";
  }
  void endElement(const XMLString&, const XMLString& name, const XMLString&) override {
    if (name == "rPh") readings -= 1;
    text = false;
    if (name == "si" && !strings.empty()) strings.back() = decoded(strings.back());
  }
  void characters(const char* characters, int start, int length) override {
    if (!text || readings > 0 || strings.empty()) return;
    strings.back().append(characters + start, static_cast<std::size_t>(length));
  }
};

// Whether a format code shows parts of a date: not in "quotes", [brackets] other than [h], or escaped.
bool is_date_code(const std::string& code) {
  bool quoted = false;
  for (std::size_t at = 0; at < code.size(); ++at) {
    const char c = code[at];
    if (c == '"') quoted = !quoted;
    if (quoted) continue;
    if (c == '\\' || c == '_' || c == '*') {
      ++at;
    } else if (c == '[' && at + 1 < code.size() && std::string_view("hHmMsS").find(code[at + 1]) == std::string::npos) {
      at = std::min(code.find(']', at), code.size());
    } else if (std::string_view("yYmMdDhHsS").find(c) != std::string_view::npos) {
      return true;
    }
  }
  return false;
}

// ECMA-376 part 1, 18.8.30, with the formats of East Asian languages.
bool is_builtin_date(int id) {
  return (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58);
}

struct Styles : Elements {
  std::map<int, bool> codes;
  std::vector<bool> dates;
  bool cells = false;

  void startElement(const XMLString&, const XMLString& name, const XMLString&, const Attributes& all) override {
    const int id = std::atoi(attribute(all, "numFmtId").c_str());
    if (name == "numFmt") codes[id] = is_date_code(attribute(all, "formatCode"));
    if (name == "cellXfs") cells = true;
    if (name != "xf" || !cells) return;
    if (dates.size() == kMostStyles) return refuse("has too many styles");
    const auto code = codes.find(id);
    dates.push_back(code != codes.end() ? code->second : is_builtin_date(id));
  }
  void endElement(const XMLString&, const XMLString& name, const XMLString&) override {
    if (name == "cellXfs") cells = false;
  }
};

template <typename Handler>
Handler read(Package& package, const std::string& part) {
  Handler handler;
  parse(part, package.read(part), handler);
  return handler;
}

}  // namespace

Directory read_directory(Package& package) {
  const auto workbook = read<Workbook>(package, "xl/workbook.xml");
  const auto relations = read<Relations>(package, "xl/_rels/workbook.xml.rels");
  Directory directory;
  directory.from_1904 = workbook.from_1904;
  for (const std::string& id : workbook.relations) {
    const auto target = relations.targets.find(id);
    if (target != relations.targets.end()) directory.sheets.push_back(target->second);
  }
  if (directory.sheets.empty()) throw Unreadable("has no sheet");
  return directory;
}

std::vector<std::string> read_shared_strings(Package& package) {
  if (!package.has("xl/sharedStrings.xml")) return {};
  return read<SharedStrings>(package, "xl/sharedStrings.xml").strings;
}

std::vector<bool> read_date_styles(Package& package) {
  if (!package.has("xl/styles.xml")) return {};
  return read<Styles>(package, "xl/styles.xml").dates;
}

}  // namespace linkaudit::run::xlsx

#include "probes/page/script_written.h"

#include <re2/re2.h>

#include "probes/page/ascii.h"

namespace linkaudit::probes {
namespace {

constexpr std::size_t kMostWritten = 64 * 1024;  // kept of one text

// "?location=" is a parameter of some URL.
const RE2& setting_of_location() {
  static const RE2 pattern(
      R"((?:^|[^?&\w$-])location\s*(?:(?:\??\.\s*(?:href|search|pathname|host|hostname|port|protocol)\s*)?)"
      R"((?:\+?=(?:[^=]|$))|\??\.\s*(?:replace|assign|reload)\b|\[|['"`]\s*\]))");
  return pattern;
}

}  // namespace

void WrittenText::begin_call() {
  if (open_) return;
  text_.clear();
  open_ = call_ = true;
  depth_ = 0;
}

void WrittenText::begin_assignment() {
  if (open_) return;
  begin_call();
  call_ = false;
}

void WrittenText::add(std::string_view text) {
  text_.append(text.substr(0, kMostWritten - text_.size()));
}

bool WrittenText::ends_with(const ScriptToken& token) {
  if (!open_) return false;
  const bool opens = token.is('(') || token.is('[') || token.is('{');
  const bool closes = token.is(')') || token.is(']') || token.is('}');
  if (opens) ++depth_;
  open_ = !(closes && depth_ == 0) && !(token.is(';') && depth_ == 0);
  if (closes && depth_ > 0) --depth_;
  if (call_ && closes && depth_ == 0) open_ = false;
  return !open_;
}

bool WrittenText::leaves() const {
  if (sets_location(text_)) return true;
  const std::string page = to_lower(text_);
  if (page.find("<meta") == std::string::npos) return false;
  return page.find("http-equiv") != std::string::npos || page.find("refresh") != std::string::npos;
}

bool sets_location(const std::string& text) {
  return text.find("location") != std::string::npos && RE2::PartialMatch(text, setting_of_location());
}

}  // namespace linkaudit::probes

// HTML character references (HTML Standard, sections 13.2.5.72 to 13.2.5.80).
#pragma once

#include <string>
#include <string_view>

namespace linkaudit::probes {

enum class ReferenceStyle {
  text,       // between tags: a few names count without their semicolon, as in browsers
  attribute,  // ... unless `=` or a letter or digit follows: "?a=1&copy=2" stays as it is
  strict,     // only with a semicolon: for strings of scripts, where "&lt=5" is part of a URL
};

// Decodes references by name and number; what is none stays as it is. The outcome is longer by a fifth at most.
std::string decode_references(std::string_view text, ReferenceStyle style);

void append_code_point(unsigned long point, std::string& out);

}  // namespace linkaudit::probes

// Numbers as ECMAScript prints them, and so RFC 8785.
#pragma once

#include <string>

namespace linkaudit::log {

// ECMA-262 Number::toString of a finite value: the fewest digits that read back as the same.
std::string ecmascript_number(double value);

}  // namespace linkaudit::log

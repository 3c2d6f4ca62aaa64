// Data in scripts: object literals, and JSON in strings.
#pragma once

#include <cstddef>
#include <string_view>

#include "probes/page/json_names.h"
#include "probes/page/script_tokens.h"

namespace linkaudit::probes {

struct Literal {
  bool whole = false;         // it was read to its end; else the names are worth nothing
  std::string_view unread{};  // from the first value that is no data to the end of the literal; "" when all are
  std::size_t depth = 0;      // how many brackets are open where that begins
};

// Reads an object or array literal whose first bracket has just been read. A value that is an expression, or lies
// beyond 64 levels, is left out by itself.
Literal read_literal(ScriptTokens& tokens, char first, JsonNames& names);

// Reads a JSON text. False when it is none: then `names` is worth nothing.
bool read_json(std::string_view json, JsonNames& names);

}  // namespace linkaudit::probes

// Data in scripts: object literals, and JSON in strings.
#pragma once

#include <cstddef>
#include <string_view>

#include "probes/page/json_names.h"
#include "probes/page/script_tokens.h"

namespace linkaudit::probes {

// Reads an object or array literal whose first bracket has just been read. Nothing is read twice: on return, `open` is
// the number of brackets still open (0 when the literal was read whole). False when it holds an expression, or grows
// beyond 64 levels: then `names` is worth nothing.
bool read_literal(ScriptTokens& tokens, char first, JsonNames& names, std::size_t& open);

// Reads a JSON text. False when it is none: then `names` is worth nothing.
bool read_json(std::string_view json, JsonNames& names);

}  // namespace linkaudit::probes

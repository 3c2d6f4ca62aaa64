// Data in scripts: object literals to JSON, JSON to flat names.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "probes/page/script_tokens.h"

namespace linkaudit::probes {

// Reads an object or array literal whose first bracket has just been read, and writes it as JSON: keys quoted, strings
// re-encoded, trailing commas dropped. Nothing is read twice: on return, `open` is the number of brackets still open
// (0 when the literal was read whole). False when it holds an expression, or grows beyond 256 KiB or 64 levels.
bool literal_to_json(ScriptTokens& tokens, char first, std::string& json, std::size_t& open);

// Flattens a JSON text into `out`: {"btns": [{"url": "x"}]} under "cgiData" gives "cgiData.btns.0.url" -> "x". HTML
// character references in strings are decoded, twice where they were encoded twice. At most 16 levels, 2,000 names in
// `out`, 8 KiB a value; what goes beyond is left out. False when the text is not JSON: then `out` is as it was.
bool flatten_json(const std::string& name, std::string_view json, std::map<std::string, std::string>& out);

}  // namespace linkaudit::probes

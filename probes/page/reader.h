// Reads a page: charset, title, visible text, redirects, app jumps, inline JSON. Executes nothing; linear in the
// input; memory bounded by a small multiple of it; no recursion on depth.
#pragma once

#include <string>
#include <string_view>

#include "probes/page/page_facts.h"

namespace linkaudit::probes {

// `content_type` is the header's value ("" when absent), `refresh` that of the Refresh header. The charset is chosen by
// the WHATWG Encoding Standard: BOM over header over meta prescan over a later meta element (the page is read anew
// then), windows-1252 where nothing says (UTF-8 when the bytes are valid UTF-8).
PageFacts read_page(std::string_view body, std::string_view content_type, std::string_view refresh = {});

}  // namespace linkaudit::probes

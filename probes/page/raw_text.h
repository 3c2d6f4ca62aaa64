// Where raw text ends: scripts, styles, titles, comments.
#pragma once

#include <cstddef>
#include <string_view>

namespace linkaudit::probes {

// Elements whose content is text up to their own end tag: script, style, title, textarea, noscript and their like.
bool is_raw_text_element(std::string_view name);

// How much of `rest` belongs to the element `name` that has just been opened; all of it when it is never closed. A
// script may hold "<!-- <script> </script> -->" (the "double escaped" state).
std::size_t raw_text_length(std::string_view rest, std::string_view name);

// Position behind the comment's end, searched from `from`; the whole size when it is never closed.
std::size_t end_of_comment(std::string_view text, std::size_t from);

}  // namespace linkaudit::probes

// What a PDF calls the elements of its structure.
#pragma once

#include <string>

namespace linkaudit::reports::pdf {

// Chromium names them by a counter of its process, "(node00000102)", which does not begin at the same number each time:
// here from one on, in the same order, so that the same report is the same bytes. As many bytes as before, since a PDF
// counts them (ISO 32000-1, 7.5.4).
std::string with_nodes_numbered(std::string document);

}  // namespace linkaudit::reports::pdf

// Scripts that stand in attributes, and pages within the page.
#pragma once

#include <string_view>

#include "probes/page/tokens.h"

namespace linkaudit::probes {

// Whether a start tag holds a handler that runs without anybody's hand (onerror, onload, ...) and seems to leave the
// page. A body's onload is a script like others and not asked for here.
bool leaves_by_handler(const Token& start_tag);

// Whether an <iframe> holds a script, in `srcdoc` or as a URL, that seems to lead the page around it away.
bool leaves_by_frame(const Token& frame);

}  // namespace linkaudit::probes

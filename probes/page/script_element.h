// Which script elements a browser runs.
#pragma once

#include "probes/page/tokens.h"

namespace linkaudit::probes {

// By the HTML Standard's "prepare the script element": a script of its own text, in a type of JavaScript, neither for
// browsers without modules nor for an event. Whether it is ever closed is not told by its start tag.
bool runs_own_script(const Token& start_tag);

}  // namespace linkaudit::probes

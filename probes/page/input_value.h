// Form fields that show text.
#pragma once

#include <string>

#include "probes/page/tokens.h"

namespace linkaudit::probes {

// What an <input> shows: the label of a button, the text in a field; "" for those that show none.
std::string shown_value(const Token& input);

}  // namespace linkaudit::probes

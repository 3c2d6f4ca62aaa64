// The style attribute.
#pragma once

#include <string_view>

namespace linkaudit::probes {

// Whether it says that the element is not shown: of `display` and of `visibility` the last declaration counts, but for
// those that are important. `style` has its character references decoded.
bool hides(std::string_view style);

}  // namespace linkaudit::probes

// Spans of random histories against their definition.
#pragma once

namespace linkaudit::log {

// Appends so many histories in random order, each of a link of its own, in batches of random size, and expects at many
// horizons the spans that their definition gives.
void expect_spans_as_defined(int histories, unsigned seed);

}  // namespace linkaudit::log

// What waivers do, in sentences: printed below findings and on the first sheet of a report.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "audit/query/tables.h"

namespace linkaudit::query {

// That it matches nothing, exempts so many findings until it expires, has expired and bites again, or has not begun.
std::string waiver_in_words(const Reader& reader, const WaiverShown& shown);

// Breached findings with and without waivers, of how many; then each waiver. What it is about, and the sentence. Empty
// when the catalog has no waiver.
std::vector<std::pair<std::string, std::string>> waivers_in_words(const Reader& reader, const View& view);

}  // namespace linkaudit::query

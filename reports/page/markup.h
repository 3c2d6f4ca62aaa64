// HTML text.
#pragma once

#include <string>
#include <string_view>

#include "reports/report.h"

namespace linkaudit::reports::page {

// Plain text with & < > " ' escaped, for content and quoted attributes.
std::string escaped(std::string_view text);

// A name of [a-z0-9-] for id= and #links, with `before` in front.
std::string anchor(std::string_view before, std::string_view name);

std::string_view tone_class(Tone tone);  // "tone-good"

// The badge with its symbol, which a screen reader leaves out: the label says it.
std::string badge_markup(const Badge& badge);

// What `style-src` needs to let this style sheet through and no other: 'sha256-...' (CSP level 3).
std::string source_hash(std::string_view style);

}  // namespace linkaudit::reports::page

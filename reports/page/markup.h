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

// A picture as part of the page, or nothing where the bytes are no PNG (ISO/IEC 15948) of a size.
std::string image_markup(std::string_view png, std::string_view text, std::string_view its_class);

// A string of CSS (Syntax Level 3, 4.3.5), quotes included.
std::string css_string(std::string_view text);

// What `style-src` and `script-src` need to let this style sheet or script through and no other: 'sha256-...' (CSP
// level 3).
std::string source_hash(std::string_view text);

}  // namespace linkaudit::reports::page

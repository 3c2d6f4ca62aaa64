// The URL that a host app's page in between stands in front of.
#pragma once

#include <optional>
#include <string>

#include "probes/page/page_facts.h"

namespace linkaudit::probes {

// Looked for in this order: a query parameter (percent-encoded, several times too, or base64), the path (as it is or
// base64), the page's own data (cgiData.url, else cgiData.desc when it begins with http; DATA likewise), the visible
// text. `page` may be null. Only http and https URLs are given back.
std::optional<std::string> recover_target(const std::string& url, const PageFacts* page);

}  // namespace linkaudit::probes

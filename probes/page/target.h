// The URL that a host app's page in between stands in front of.
#pragma once

#include <optional>
#include <string>

#include "probes/page/page_facts.h"

namespace linkaudit::probes {

// Looked for in this order: a query parameter of a usual name (percent-encoded, several times too, base64, or in JSON),
// the path (as it is or base64), any parameter or the fragment (base64 or in JSON), the page's own data (cgiData.url,
// else cgiData.desc when it begins with http; DATA likewise), the visible text: there `link`, the URL that was asked
// for, before any other. `page` may be null. Only http and https URLs are given back.
std::optional<std::string> recover_target(const std::string& url, const PageFacts* page, const std::string& link = "");

}  // namespace linkaudit::probes

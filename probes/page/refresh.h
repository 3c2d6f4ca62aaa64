// The value of a Refresh header or of a meta refresh: "5; url=https://...".
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace linkaudit::probes {

// The URL by the HTML Standard's "shared declarative refresh steps"; nothing when the value is none, asks only for a
// reload, or waits longer than 30 seconds: that page is there to be read.
std::optional<std::string> refresh_target(std::string_view value);

}  // namespace linkaudit::probes

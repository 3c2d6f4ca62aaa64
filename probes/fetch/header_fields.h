// Fields of an answer's header block.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "probes/exchange.h"

namespace linkaudit::probes {

// Adds one line of a header block; a folded line (RFC 9112 section 5.2) continues the one before.
void add_header_line(Headers& headers, std::string_view line);

// The values of a field, joined by ", " when it comes several times; "" when it is absent. Names match in any case.
std::string header_value(const Headers& headers, std::string_view name);

// The first value only: for fields that are no lists, such as Location. Nothing when the field is absent.
std::optional<std::string_view> first_header(const Headers& headers, std::string_view name);

// The Location, perhaps empty, of an answer that redirects (301, 302, 303, 307, 308); nothing for any other.
std::optional<std::string_view> redirect_location(const Exchange& exchange);

}  // namespace linkaudit::probes

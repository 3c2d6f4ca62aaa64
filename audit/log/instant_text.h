// Instants as the record writes them: RFC 3339 in UTC with milliseconds, 2022-01-27T04:00:00.000Z.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "audit/log/log.h"

namespace linkaudit::log {

std::string instant_text(Instant instant);                        // years 0000 to 9999
std::optional<Instant> instant_from_text(std::string_view text);  // exactly that form

}  // namespace linkaudit::log

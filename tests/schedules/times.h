// Instants and zones as tests write them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "schedules/cron.h"

namespace linkaudit::schedules::test {

// "2024-01-01T00:00:00Z" or with an offset. Throws std::invalid_argument for anything else.
Instant at(std::string_view rfc3339);
// In UTC, milliseconds where they are not zero; "never" for nothing.
std::string shown(std::optional<Instant> instant);
std::vector<std::string> shown(const std::vector<Instant>& instants);

// Throw std::invalid_argument, saying what was wrong.
Cron cron(std::string_view expression);
Zone zone(const std::string& name);

}  // namespace linkaudit::schedules::test

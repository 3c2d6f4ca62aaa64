// Observations and the other records as JSON: the field names are the stable face of section "JSON" in audit/README.md.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "audit/log/log.h"
#include "probes/observation.h"

namespace linkaudit::log {

// All stable fields, null where unknown. `entry` 0 gives null. Times are RFC 3339 in UTC with milliseconds.
nlohmann::json to_json(const probes::Observation& observation, std::int64_t entry = 0);

// The reverse; throws std::invalid_argument naming the field that is missing, of a wrong type or of an unknown name.
probes::Observation observation_from_json(const nlohmann::json& json);

// RFC 8785: sorted keys (UTF-16 order), shortest numbers, no white space.
std::string canonical(const nlohmann::json& json);

}  // namespace linkaudit::log

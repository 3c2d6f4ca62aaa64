// Secrets must not reach the log: parameters of URLs that the catalog names are masked before anything is stored.
#pragma once

#include <string>
#include <vector>

#include "probes/observation.h"

namespace linkaudit::run {

// The URL with the value of each named query parameter (case-insensitive) replaced by "***"; user:password@ removed.
std::string mask_url(const std::string& url, const std::vector<std::string>& parameters);

// Masks every URL that an observation holds.
void mask(probes::Observation& observation, const std::vector<std::string>& parameters);

}  // namespace linkaudit::run

// What every URL that was read must be, whoever gave it.
#pragma once

#include <string_view>

#include "probes/fetch/url.h"

namespace linkaudit::fuzz {

// Throws BrokenPromise. `given`: what it was read from.
void require_sound(const probes::Url& url, std::string_view given);

}  // namespace linkaudit::fuzz

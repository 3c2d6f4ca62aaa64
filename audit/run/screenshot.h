// A picture of what a person saw, as evidence.
#pragma once

#include <string>
#include <tl/expected.hpp>

#include "audit/log/log.h"

namespace linkaudit::run {

inline constexpr std::size_t kMostScreenshotBytes = 16 * 1024 * 1024;

// PNG or JPEG by its signature; the error is one line that names the file.
tl::expected<log::Blob, std::string> screenshot_blob(const std::string& name, std::string bytes);

}  // namespace linkaudit::run

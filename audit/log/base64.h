// Base64 by RFC 4648 section 4, with padding, by OpenSSL.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace linkaudit::log {

std::string to_base64(std::string_view bytes);
// Nothing where it is not exactly what to_base64 writes: one text for each value.
std::optional<std::string> from_base64(std::string_view text);

}  // namespace linkaudit::log

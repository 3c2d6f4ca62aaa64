// SHA-256 of bytes.
#pragma once

#include <string>
#include <string_view>

namespace linkaudit::probes {

std::string sha256_hex(std::string_view bytes);  // lower case

}  // namespace linkaudit::probes

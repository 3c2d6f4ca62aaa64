// JSON of a bundle, read so that all readers take it alike: a member twice, a byte order mark, numbers that do not fit
// and hundreds of levels are refused.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

namespace linkaudit::bundle {

inline constexpr int kDeepest = 64;  // levels around a value

// `name`: of the part, for what is said. Throws Misfit.
nlohmann::json strict_json(const std::string& name, std::string_view text);

// A whole number, not one with a fraction and no truth value, that names an entry. Throws Misfit.
std::int64_t entry_number(const nlohmann::json& value);

}  // namespace linkaudit::bundle

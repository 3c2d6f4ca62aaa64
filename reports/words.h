// The words that every report has, in both languages: words.en.yaml and words.zh.yaml.
#pragma once

#include <string>
#include <string_view>

namespace linkaudit::reports {

// The text of a key in "en" or "zh". Throws std::logic_error for a key that does not exist: a defect of ours.
std::string_view word(std::string_view language, std::string_view key);

}  // namespace linkaudit::reports

// The words that tell when something is due, in both languages: schedules/words.en.yaml and words.zh.yaml.
#pragma once

#include <string_view>

namespace linkaudit::schedules {

// The text of a key in "en" or "zh". Throws std::logic_error for a key that does not exist: a defect of ours.
std::string_view word(std::string_view language, std::string_view key);

}  // namespace linkaudit::schedules

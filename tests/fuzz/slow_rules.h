// The rules tried one by one, pattern by pattern: what the compiled sets must agree with.
#pragma once

#include <string>

#include "probes/classify.h"

namespace linkaudit::fuzz {

// The first rule that holds; nullptr when none does.
const probes::Rule* first_rule_by_hand(const probes::Knowledge& knowledge, const probes::Classifier& owners,
                                       const probes::SeenPage& page, const std::string& host,
                                       const std::string& platform);

}  // namespace linkaudit::fuzz

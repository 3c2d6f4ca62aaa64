// Facts of a leg that are stored beside its outcome.
#pragma once

#include "probes/page/leg_end.h"

namespace linkaudit::probes {

// Of the whole way: https_downgrade. Of the last page: the platform's markers, script_redirect_suspected, and on pages
// of the host app `target`, the URL that they stand in front of.
std::map<std::string, std::string> facts_of_leg(const LegQuestion& question);

}  // namespace linkaudit::probes

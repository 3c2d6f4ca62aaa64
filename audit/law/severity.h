// Which outcome is worse for the person who taps the link.
#pragma once

#include "probes/outcome.h"

namespace linkaudit::law {

// blocked > app_jump > text_token > external_browser > login_wall > confirm > direct > those that cannot tell. Larger
// is worse; those that cannot tell are below all others, since they are shown only when there is nothing else.
int severity(probes::Outcome outcome);

}  // namespace linkaudit::law

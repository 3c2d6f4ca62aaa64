// How a leg ended, seen by itself. The steps of judge_leg().
#pragma once

#include <string>

#include "probes/classify.h"

namespace linkaudit::probes {

// Who looks, and at what.
struct LegQuestion {
  const Classifier& classifier;
  const LegResult& leg;
  const std::string& host;      // the host app, "" for the control leg
  const std::string& platform;  // the link's platform, "" when unknown
};

// Whose page a URL is, as far as a leg's end depends on it.
enum class PageOwner { platform, host_app, other };

// Decided by the host name: the platform's domains, or the link's own host (its registrable domain where no platform is
// known); the host app's domains unless they are the platform's own as well; everybody else's.
PageOwner owner_of_page(const LegQuestion& question, const std::string& url);

// The end of a leg that got no answer: `down` or `limit`, with the failure.
void end_without_answer(const LegQuestion& question, const Failure& failure, LegVerdict& verdict);

// The end of a leg whose last exchange is an answer: by rule, by built-in shape, by status, in this order.
void end_with_answer(const LegQuestion& question, const Exchange& answer, LegVerdict& verdict);

}  // namespace linkaudit::probes

// What the lab's internet answers: a pure function of the request, the table and what is out of order.
#pragma once

#include <optional>

#include "probes/lab/pages.h"
#include "probes/lab/table.h"
#include "probes/lab/world.h"

namespace linkaudit::probes {

// Faults beside the table, for all links alike.
struct LabOutage {
  std::optional<Behaviour>
      gateways;                      // every gateway does this: gateway_reset, gateway_slow, gateway_error, a stop page
  std::optional<Behaviour> targets;  // every platform does this, towards everybody
  bool canaries = false;             // none can be reached
};

// A host name below it is a canary.
inline constexpr std::string_view kCanaryDomain = "canary.lab.example";

LabAnswer play(const LabRequest& request, const LabTable& table, const LabOutage& outage);

}  // namespace linkaudit::probes

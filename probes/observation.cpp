#include "probes/observation.h"

namespace linkaudit::probes {

std::string_view name(LegEnd end) {
  switch (end) {
    case LegEnd::served: return "served";
    case LegEnd::refused: return "refused";
    case LegEnd::stopped: return "stopped";
    case LegEnd::down: return "down";
    case LegEnd::limit: return "limit";
  }
  return {};
}

std::optional<LegEnd> leg_end_from(std::string_view wanted) {
  for (const LegEnd end : {LegEnd::served, LegEnd::refused, LegEnd::stopped, LegEnd::down, LegEnd::limit}) {
    if (name(end) == wanted) return end;
  }
  return std::nullopt;
}

}  // namespace linkaudit::probes

// The stored and printed names of the law's closed vocabularies.
#include <algorithm>
#include <array>

#include "audit/law/judge.h"
#include "audit/law/treatment.h"

namespace linkaudit::law {
namespace {

constexpr std::array kStandings = {Standing::mandatory, Standing::trial, Standing::reported};

template <typename Values>
auto find_by_name(const Values& values, std::string_view wanted) -> std::optional<typename Values::value_type> {
  const auto found = std::find_if(values.begin(), values.end(), [&](auto value) { return name(value) == wanted; });
  if (found == values.end()) return std::nullopt;
  return *found;
}

}  // namespace

std::string_view name(Status status) {
  switch (status) {
    case Status::not_due: return "not_due";
    case Status::met: return "met";
    case Status::breached: return "breached";
    case Status::undetermined: return "undetermined";
    case Status::exempt: return "exempt";
  }
  return {};
}

std::string_view name(Confidence confidence) {
  switch (confidence) {
    case Confidence::confirmed: return "confirmed";
    case Confidence::suspected: return "suspected";
  }
  return {};
}

std::string_view name(Standing standing) {
  switch (standing) {
    case Standing::mandatory: return "mandatory";
    case Standing::trial: return "trial";
    case Standing::reported: return "reported";
  }
  return {};
}

std::string_view name(ParityOver over) {
  switch (over) {
    case ParityOver::outcome: return "outcome";
    case ParityOver::presentation: return "presentation";
    case ParityOver::steps: return "steps";
  }
  return {};
}

std::optional<Standing> standing_from(std::string_view text) {
  return find_by_name(kStandings, text);
}
std::optional<ParityOver> parity_from(std::string_view text) {
  return find_by_name(kParities, text);
}

}  // namespace linkaudit::law

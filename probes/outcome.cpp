#include "probes/outcome.h"

namespace linkaudit::probes {
namespace {

template <typename Enum, std::size_t N>
std::optional<Enum> find(const std::array<Enum, N>& all, std::string_view wanted) {
  for (const Enum value : all) {
    if (name(value) == wanted) return value;
  }
  return std::nullopt;
}

}  // namespace

std::string_view name(Outcome outcome) {
  switch (outcome) {
    case Outcome::direct: return "direct";
    case Outcome::confirm: return "confirm";
    case Outcome::login_wall: return "login_wall";
    case Outcome::external_browser: return "external_browser";
    case Outcome::text_token: return "text_token";
    case Outcome::app_jump: return "app_jump";
    case Outcome::blocked: return "blocked";
    case Outcome::challenge: return "challenge";
    case Outcome::unreachable: return "unreachable";
    case Outcome::unclassified: return "unclassified";
  }
  return {};
}

std::string_view name(Tier tier) {
  switch (tier) {
    case Tier::in_app: return "in_app";
    case Tier::gateway: return "gateway";
    case Tier::target: return "target";
  }
  return {};
}

std::string_view name(Blame blame) {
  switch (blame) {
    case Blame::none: return "none";
    case Blame::host: return "host";
    case Blame::platform: return "platform";
    case Blame::target_down: return "target_down";
    case Blame::own_line: return "own_line";
    case Blame::unknown: return "unknown";
  }
  return {};
}

std::string_view name(Presentation presentation) {
  switch (presentation) {
    case Presentation::card: return "card";
    case Presentation::link: return "link";
    case Presentation::folded: return "folded";
    case Presentation::text: return "text";
    case Presentation::text_token: return "text_token";
  }
  return {};
}

std::optional<Outcome> outcome_from(std::string_view wanted) { return find(kOutcomes, wanted); }
std::optional<Tier> tier_from(std::string_view wanted) { return find(kTiers, wanted); }
std::optional<Blame> blame_from(std::string_view wanted) { return find(kBlames, wanted); }
std::optional<Presentation> presentation_from(std::string_view wanted) { return find(kPresentations, wanted); }

std::optional<bool> opens_directly(Outcome outcome) {
  switch (outcome) {
    case Outcome::direct: return true;
    case Outcome::confirm:
    case Outcome::login_wall:
    case Outcome::external_browser:
    case Outcome::text_token:
    case Outcome::app_jump:
    case Outcome::blocked: return false;
    case Outcome::challenge:
    case Outcome::unreachable:
    case Outcome::unclassified: return std::nullopt;
  }
  return std::nullopt;
}

}  // namespace linkaudit::probes

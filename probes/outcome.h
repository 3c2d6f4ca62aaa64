// The closed vocabularies of an observation. Their names are stored: a change of one is a change of format.
#pragma once

#include <array>
#include <optional>
#include <string_view>

namespace linkaudit::probes {

// What a person in that context would have been shown. See audit/README.md for the meaning of each.
enum class Outcome {
  direct,
  confirm,
  login_wall,
  external_browser,
  text_token,
  app_jump,
  blocked,
  challenge,
  unreachable,
  unclassified,
};
inline constexpr std::array kOutcomes = {
    Outcome::direct,   Outcome::confirm, Outcome::login_wall, Outcome::external_browser, Outcome::text_token,
    Outcome::app_jump, Outcome::blocked, Outcome::challenge,  Outcome::unreachable,      Outcome::unclassified,
};

// What a method can see: a person or a driven client (in_app), the host app's public link gateway (gateway), or only
// the target's behaviour towards that app's client identity (target).
enum class Tier { in_app, gateway, target };
inline constexpr std::array kTiers = {Tier::in_app, Tier::gateway, Tier::target};

// Who stands in the way.
enum class Blame { none, host, platform, target_down, own_line, unknown };
inline constexpr std::array kBlames = {Blame::none,        Blame::host,     Blame::platform,
                                       Blame::target_down, Blame::own_line, Blame::unknown};

// How a link appeared in the conversation, best first; empty (unknown) is std::nullopt.
enum class Presentation { card, link, folded, text, text_token };
inline constexpr std::array kPresentations = {Presentation::card, Presentation::link, Presentation::folded,
                                              Presentation::text, Presentation::text_token};

std::string_view name(Outcome outcome);
std::string_view name(Tier tier);
std::string_view name(Blame blame);
std::string_view name(Presentation presentation);

std::optional<Outcome> outcome_from(std::string_view name);
std::optional<Tier> tier_from(std::string_view name);
std::optional<Blame> blame_from(std::string_view name);
std::optional<Presentation> presentation_from(std::string_view name);

// True only for direct, false for the outcomes that do not open at once, nothing where we cannot tell.
std::optional<bool> opens_directly(Outcome outcome);

}  // namespace linkaudit::probes

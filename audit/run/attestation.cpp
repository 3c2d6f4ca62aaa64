#include "audit/run/attestation.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>

#include "audit/law/calendar.h"

namespace linkaudit::run {
namespace {

using Failed = tl::unexpected<std::string>;

constexpr std::size_t kRequired = 5;  // the first so many of attestation_fields()

std::string value_of(const AttestationFields& fields, const std::string& name) {
  const auto found = fields.find(name);
  return found == fields.end() ? std::string() : found->second;
}

template <typename Values>
std::string names_of(const Values& values) {
  std::vector<std::string_view> names;
  for (const auto value : values) names.push_back(name(value));
  return fmt::format("{}", fmt::join(names, ", "));
}

tl::expected<std::optional<int>, std::string> whole_number(const std::string& field, const std::string& text, int most) {
  if (text.empty()) return std::optional<int>();
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || value < 0 || value > most) {
    return Failed(fmt::format("{}: \"{}\" is not a whole number from 0 to {}", field, text, most));
  }
  return std::optional<int>(value);
}

tl::expected<std::map<std::string, std::string>, std::string> facts_of(const std::string& text) {
  std::map<std::string, std::string> facts;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find(';', begin), text.size());
    const std::string item = text.substr(begin, end - begin);
    begin = end + 1;
    if (item.empty()) continue;
    const std::size_t equals = item.find('=');
    if (equals == std::string::npos || equals == 0) {
      return Failed("facts: \"" + item + "\" is not key=value; several are separated by ;");
    }
    facts[item.substr(0, equals)] = item.substr(equals + 1);
  }
  return facts;
}

probes::Blame usual_blame(probes::Outcome outcome) {
  if (outcome == probes::Outcome::direct) return probes::Blame::none;
  return probes::opens_directly(outcome) ? probes::Blame::host : probes::Blame::unknown;
}

std::optional<std::string> set_place(const AttestationFields& fields, const catalog::Catalog& catalog,
                                     probes::Observation& seen) {
  seen.link = value_of(fields, "link");
  const probes::Link* link = catalog::find_link(catalog, seen.link);
  if (link == nullptr) {
    return "link: \"" + seen.link + "\" is not in the catalog; valid are links such as taobao/item (catalog show lists them)";
  }
  seen.platform = seen.link.substr(0, seen.link.find('/'));
  seen.url = link->url;
  seen.context = value_of(fields, "context");
  if (catalog::find_context(catalog, seen.context) == nullptr) {
    return "context: \"" + seen.context +
           "\" is not in the catalog; valid are contexts such as wechat/group (catalog show lists them)";
  }
  return std::nullopt;
}

std::optional<std::string> set_instant(const AttestationFields& fields, probes::Instant now,
                                       probes::Observation& seen) {
  const std::string at = value_of(fields, "at");
  const auto instant = law::parse_instant(at);
  if (!instant) {
    return "at: \"" + at + "\" is not an instant with a zone; valid is 2022-01-27T12:00:00+08:00";
  }
  if (*instant > now) return "at: " + at + " lies in the future";
  seen.at = *instant;
  return std::nullopt;
}

std::optional<std::string> set_outcome(const AttestationFields& fields, probes::Observation& seen) {
  const std::string text = value_of(fields, "outcome");
  const auto outcome = probes::outcome_from(text);
  if (!outcome) return "outcome: \"" + text + "\" is not known; valid are " + names_of(probes::kOutcomes);
  seen.outcome = *outcome;
  seen.blame = usual_blame(*outcome);
  if (const std::string blame = value_of(fields, "blame"); !blame.empty()) {
    const auto named = probes::blame_from(blame);
    if (!named) return "blame: \"" + blame + "\" is not known; valid are " + names_of(probes::kBlames);
    seen.blame = *named;
  }
  if (const std::string presentation = value_of(fields, "presentation"); !presentation.empty()) {
    seen.presentation = probes::presentation_from(presentation);
    if (!seen.presentation) {
      return "presentation: \"" + presentation + "\" is not known; valid are " + names_of(probes::kPresentations);
    }
  }
  return std::nullopt;
}

std::optional<std::string> set_numbers(const AttestationFields& fields, probes::Observation& seen) {
  const auto steps = whole_number("steps", value_of(fields, "steps"), 100);
  if (!steps) return steps.error();
  seen.steps = *steps;
  if (!seen.steps && seen.outcome == probes::Outcome::direct) seen.steps = 0;
  const auto days = whole_number("valid_days", value_of(fields, "valid_days"), 3660);
  if (!days) return days.error();
  seen.valid_days = *days;
  auto facts = facts_of(value_of(fields, "facts"));
  if (!facts) return facts.error();
  seen.facts = std::move(*facts);
  return std::nullopt;
}

}  // namespace

const std::vector<std::string>& attestation_fields() {
  static const std::vector<std::string> names = {"at",     "link",  "context", "outcome", "observer", "steps",     "presentation",
                                                 "client", "source", "facts",  "note",    "blame",    "valid_days"};
  return names;
}

tl::expected<probes::Observation, std::string> attestation_from(const AttestationFields& fields,
                                                                const catalog::Catalog& catalog, probes::Instant now) {
  for (std::size_t index = 0; index < kRequired; ++index) {
    const std::string& required = attestation_fields()[index];
    if (value_of(fields, required).empty()) return Failed(required + ": is missing");
  }
  probes::Observation seen;
  seen.method = "attestation";
  seen.tier = probes::Tier::in_app;
  seen.vantage = catalog.vantage_id;
  seen.simulated = catalog.simulated;
  seen.rule = {"attested", 1};
  if (const auto wrong = set_instant(fields, now, seen)) return Failed(*wrong);
  if (const auto wrong = set_place(fields, catalog, seen)) return Failed(*wrong);
  if (const auto wrong = set_outcome(fields, seen)) return Failed(*wrong);
  if (const auto wrong = set_numbers(fields, seen)) return Failed(*wrong);
  seen.observer = value_of(fields, "observer");
  seen.client = value_of(fields, "client");
  seen.source = value_of(fields, "source");
  seen.note = value_of(fields, "note");
  return seen;
}

}  // namespace linkaudit::run

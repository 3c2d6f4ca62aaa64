#include "audit/run/attestation.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>

#include "audit/law/calendar.h"
#include "audit/run/secrets.h"

namespace linkaudit::run {
namespace {

using Failed = tl::unexpected<std::string>;
using Wrong = std::optional<std::string>;  // what does not fit

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

tl::expected<std::optional<int>, std::string> whole_number(const std::string& field, const std::string& text,
                                                           int most) {
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
      return Failed("facts: \"" + item + "\" is not NAME=VALUE; several are separated by ;");
    }
    facts[item.substr(0, equals)] = item.substr(equals + 1);
  }
  return facts;
}

probes::Blame usual_blame(probes::Outcome outcome) {
  if (outcome == probes::Outcome::direct) return probes::Blame::none;
  return probes::opens_directly(outcome) ? probes::Blame::host : probes::Blame::unknown;
}

Wrong set_link(const std::string& text, const catalog::Catalog& catalog, probes::Observation& seen) {
  const probes::Link* link = catalog::find_link(catalog, text);
  if (link == nullptr) {
    return "link: \"" + text +
           "\" is not in the catalog; valid are links such as taobao/item (catalog show lists them)";
  }
  seen.link = text;
  seen.platform = text.substr(0, text.find('/'));
  seen.url = link->url;
  return std::nullopt;
}

Wrong set_context(const std::string& text, const catalog::Catalog& catalog, probes::Observation& seen) {
  if (catalog::find_context(catalog, text) == nullptr) {
    return "context: \"" + text +
           "\" is not in the catalog; valid are contexts such as wechat/group (catalog show lists them)";
  }
  seen.context = text;
  return std::nullopt;
}

Wrong set_instant(const std::string& text, probes::Instant now, probes::Observation& seen) {
  const auto instant = law::parse_instant(text);
  if (!instant) return "at: \"" + text + "\" is not an instant with a zone; valid is 2022-01-27T12:00:00+08:00";
  if (*instant > now) return "at: " + text + " lies in the future";
  seen.at = *instant;
  return std::nullopt;
}

Wrong set_outcome(const std::string& text, probes::Observation& seen) {
  const auto outcome = probes::outcome_from(text);
  if (!outcome) return "outcome: \"" + text + "\" is not known; valid are " + names_of(probes::kOutcomes);
  seen.outcome = *outcome;
  return std::nullopt;
}

Wrong set_blame(const std::string& text, probes::Observation& seen) {
  const auto blame = text.empty() ? usual_blame(seen.outcome) : probes::blame_from(text);
  if (!blame) return "blame: \"" + text + "\" is not known; valid are " + names_of(probes::kBlames);
  seen.blame = *blame;
  return std::nullopt;
}

Wrong set_presentation(const std::string& text, probes::Observation& seen) {
  if (text.empty()) return std::nullopt;
  seen.presentation = probes::presentation_from(text);
  if (seen.presentation) return std::nullopt;
  return "presentation: \"" + text + "\" is not known; valid are " + names_of(probes::kPresentations);
}

Wrong set_steps(const std::string& text, probes::Observation& seen) {
  const auto steps = whole_number("steps", text, 100);
  if (!steps) return steps.error();
  seen.steps = *steps;
  if (!seen.steps && seen.outcome == probes::Outcome::direct) seen.steps = 0;
  return std::nullopt;
}

Wrong set_valid_days(const std::string& text, probes::Observation& seen) {
  const auto days = whole_number("valid_days", text, 3660);
  if (!days) return days.error();
  seen.valid_days = *days;
  return std::nullopt;
}

// Masked as a whole: a secret may go on behind a semicolon, as those of cookies do.
Wrong set_facts(const std::string& text, const catalog::Catalog& catalog, probes::Observation& seen) {
  auto facts = facts_of(mask_words(text, catalog.secret_parameters));
  if (!facts) return facts.error();
  seen.facts = std::move(*facts);
  return std::nullopt;
}

Wrong set_corrects(const std::string& text, const std::string& note, std::optional<std::int64_t>& corrects) {
  if (text.empty()) return std::nullopt;
  std::int64_t entry = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), entry);
  if (error != std::errc() || end != text.data() + text.size() || entry < 1) {
    return "corrects: \"" + text + "\" is not the number of an entry; valid are numbers such as 12 (query shows them)";
  }
  corrects = entry;
  if (note.empty()) return "note: is missing; a correction says why";
  return std::nullopt;
}

// After the outcome: blame and steps follow from it where they are not said.
Wrong set(const std::string& field, const std::string& text, const catalog::Catalog& catalog, probes::Instant now,
          probes::Observation& seen) {
  if (field == "at") return set_instant(text, now, seen);
  if (field == "link") return set_link(text, catalog, seen);
  if (field == "context") return set_context(text, catalog, seen);
  if (field == "outcome") return set_outcome(text, seen);
  if (field == "blame") return set_blame(text, seen);
  if (field == "presentation") return set_presentation(text, seen);
  if (field == "steps") return set_steps(text, seen);
  if (field == "valid_days") return set_valid_days(text, seen);
  if (field == "facts") return set_facts(text, catalog, seen);
  if (field == "observer") seen.observer = text;
  if (field == "client") seen.client = text;
  if (field == "source") seen.source = text;
  if (field == "note") seen.note = text;
  return std::nullopt;
}

}  // namespace

tl::expected<Attestation, std::vector<std::string>> attestation_from(const AttestationFields& fields,
                                                                     const catalog::Catalog& catalog,
                                                                     probes::Instant now) {
  Attestation said;
  probes::Observation& seen = said.seen;
  seen.method = "attestation";
  seen.tier = probes::Tier::in_app;
  seen.vantage = catalog.vantage_id;
  seen.simulated = catalog.simulated;
  seen.rule = {"attested", 1};
  std::vector<std::string> problems;
  for (const std::string& field : attestation_fields()) {
    const std::string text = value_of(fields, field);
    if (text.empty() && is_required(field)) {
      problems.push_back(field + ": is missing");
    } else if (auto wrong = set(field, text, catalog, now, seen)) {
      problems.push_back(std::move(*wrong));
    }
  }
  if (auto wrong = set_corrects(value_of(fields, "corrects"), seen.note, said.corrects)) {
    problems.push_back(std::move(*wrong));
  }
  said.screenshot = value_of(fields, "screenshot");
  if (!problems.empty()) return tl::unexpected(std::move(problems));
  mask(seen, catalog.secret_parameters);
  return said;
}

std::string take_screenshot(Attestation& said, const KeepScreenshot& keep) {
  if (said.screenshot.empty()) return {};
  if (!keep) return "screenshot: none can be kept here";
  const auto digest = keep(said.screenshot);
  if (!digest) return "screenshot: " + digest.error();
  said.seen.screenshot = *digest;
  return {};
}

}  // namespace linkaudit::run

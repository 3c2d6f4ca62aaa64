// A shorthand for what was seen, so that a case of a test fits a line or two.
#pragma once

#include <stdexcept>
#include <string>
#include <vector>

#include "audit/law/calendar.h"
#include "audit/law/judge.h"

namespace linkaudit::law {

// "2021-09-17T12:00:00+08:00"; without an offset, Shanghai's; a date alone is noon there.
inline Instant at(std::string text) {
  if (text.size() == 10) text += "T12:00:00";
  if (text.find_first_of("Z+") == std::string::npos) text += "+08:00";
  const auto parsed = parse_instant(text);
  if (!parsed) throw std::invalid_argument("no instant: " + text);
  return *parsed;
}

// One person's attestation, as an import writes it: a refusal is the host app's.
inline Span attested(const std::string& link, const std::string& context, const std::string& when,
                     probes::Outcome outcome, const std::string& observer = "ann") {
  Span span;
  span.link = link;
  span.context = context;
  span.tier = probes::Tier::in_app;
  span.source = observer + "|attest|local";
  span.attestation = true;
  span.outcome = outcome;
  const auto opens = probes::opens_directly(outcome);
  span.blame = !opens ? probes::Blame::unknown : *opens ? probes::Blame::none : probes::Blame::host;
  span.first = span.last = at(when);
  span.first_entry = span.last_entry = at(when).time_since_epoch().count() / 1000;
  return span;
}

// Probes of one method, `count` of them from `first` to `last`.
inline Span probed(probes::Tier tier, const std::string& first, const std::string& last, std::int64_t count,
                   probes::Outcome outcome, const std::string& source = "linkaudit|http|local") {
  Span span = attested("taobao/item", "wechat/group", first, outcome);
  span.tier = tier;
  span.source = source;
  span.attestation = false;
  span.last = at(last);
  span.last_entry = span.last.time_since_epoch().count() / 1000;
  span.count = count;
  return span;
}

}  // namespace linkaudit::law

#include "tests/law/spans.h"

#include <set>
#include <stdexcept>

#include "audit/law/calendar.h"

namespace linkaudit::law {

Instant at(std::string text) {
  if (text.size() == 10) text += "T12:00:00";
  if (text.find_first_of("Z+") == std::string::npos) text += "+08:00";
  const auto parsed = parse_instant(text);
  if (!parsed) throw std::invalid_argument("no instant: " + text);
  return *parsed;
}

std::string_view kept(const std::string& text) {
  static std::set<std::string> texts;
  return *texts.insert(text).first;
}

Span attested(const std::string& link, const std::string& context, const std::string& when, probes::Outcome outcome,
              const std::string& observer) {
  Span span;
  span.link = kept(link);
  span.context = kept(context);
  span.tier = probes::Tier::in_app;
  span.source = kept(observer + "|attestation|local");
  span.attestation = true;
  span.outcome = outcome;
  const auto opens = probes::opens_directly(outcome);
  span.blame = !opens ? probes::Blame::unknown : *opens ? probes::Blame::none : probes::Blame::host;
  span.first = span.last = at(when);
  span.first_entry = span.last_entry = span.first.time_since_epoch().count() / 1000;
  return span;
}

Span person(const std::string& when, probes::Outcome outcome, const std::string& observer) {
  return attested("taobao/item", "wechat/group", when, outcome, observer);
}

Span probe(probes::Tier tier, const std::string& when, probes::Outcome outcome, const std::string& source) {
  return probes_of(tier, when, when, 1, outcome, source);
}

Span probes_of(probes::Tier tier, const std::string& first, const std::string& last, std::int64_t count,
               probes::Outcome outcome, const std::string& source) {
  Span span = person(first, outcome, source);
  span.tier = tier;
  span.attestation = false;
  span.last = at(last);
  span.last_entry = span.last.time_since_epoch().count() / 1000;
  span.count = count;
  return span;
}

Span with_blame(Span span, probes::Blame blame) {
  span.blame = blame;
  return span;
}

Span with_steps(Span span, int steps) {
  span.steps = steps;
  return span;
}

Span with_valid_days(Span span, int days) {
  span.valid_days = days;
  return span;
}

Span by_network_failure(Span span) {
  span.network_failure = true;
  return span;
}

Span of_link(Span span, const std::string& link) {
  span.link = kept(link);
  return span;
}

namespace {

std::string said(const std::optional<std::string_view>& name) {
  return name ? " " + std::string(*name) : "";
}

std::string flags(const Finding& finding) {
  std::string text;
  if (finding.disputed) text += "; disputed";
  if (finding.stale) text += "; stale";
  if (finding.soft) text += "; soft";
  if (finding.relapsed) text += "; relapsed";
  return text;
}

}  // namespace

std::string told(const Finding& finding) {
  std::string text(name(finding.status));
  if (finding.would_be) text += " (would be " + std::string(name(*finding.would_be)) + ")";
  if (finding.confidence) text += said(name(*finding.confidence));
  if (finding.outcome) text += said(name(*finding.outcome));
  if (finding.blame && *finding.blame != probes::Blame::none) text += said(name(*finding.blame));
  if (finding.days_overdue) {
    text += "; overdue " + std::to_string(*finding.days_overdue) + " (" +
            std::to_string(finding.unmeasured_days.value_or(-1)) + " unmeasured)";
  }
  if (finding.cured_on) text += "; cured " + format_date(*finding.cured_on);
  text += flags(finding);
  if (const auto& against = finding.contradicted_by) {
    text += "; contradicted by" + said(name(against->tier)) + said(name(against->outcome));
  }
  if (!finding.waiver.empty()) text += "; waiver " + finding.waiver;
  return text;
}

}  // namespace linkaudit::law

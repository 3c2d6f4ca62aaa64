#include "audit/query/read_otherwise.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "audit/log/span_of_look.h"

namespace linkaudit::query {
namespace {

using Place = std::pair<std::string, std::string>;  // link, context
using Readings = std::map<std::int64_t, const probes::Observation*>;

// As the log keeps them, but for the rule and the name of a failure, which judging does not look at.
bool goes_on(const law::Span& span, law::Span next) {
  next.first = span.first;
  next.last = span.last;
  next.first_entry = span.first_entry;
  next.last_entry = span.last_entry;
  next.count = span.count;
  next.valid_days = span.valid_days;
  return next == span;
}

void add(std::vector<law::Span>& spans, const law::Span& next) {
  if (spans.empty() || !goes_on(spans.back(), next)) {
    spans.push_back(next);
    return;
  }
  law::Span& span = spans.back();
  span.last = next.last;
  span.last_entry = next.last_entry;
  span.valid_days = next.valid_days;
  ++span.count;
}

void add_cell(Spans& facts, const log::Log& log, const log::Horizon& horizon, const Place& place,
              const Readings& readings) {
  std::map<std::pair<probes::Tier, std::string_view>, std::vector<law::Span>> sources;
  log::ObservationFilter filter;
  filter.link = place.first;
  filter.context = place.second;
  log::for_each_observation(log, horizon, filter, [&](const log::LoggedObservation& logged) {
    if (logged.withdrawn() != nullptr) return true;
    const auto other = readings.find(logged.entry);
    const probes::Observation& seen = other == readings.end() ? logged.observation : *other->second;
    const law::Span span = facts.made_of(log::span_of_look(seen, logged.entry));
    add(sources[{span.tier, span.source}], span);
    return true;
  });
  for (const auto& [source, spans] : sources) {
    for (const law::Span& span : spans) facts.add(span);
  }
}

}  // namespace

Spans read_otherwise(const log::Log& log, const log::Horizon& horizon, Spans facts,
                     const std::vector<ReadTwice>& observations, probes::Observation ReadTwice::*reading) {
  std::set<Place> places;
  Readings readings;
  for (const ReadTwice& each : observations) {
    places.emplace(each.from.link, each.from.context);
    readings.emplace(each.entry, &(each.*reading));
  }
  facts.erase_if([&](const law::Span& span) {
    return places.contains({std::string(span.link), std::string(span.context)});
  });
  for (const Place& place : places) add_cell(facts, log, horizon, place, readings);
  return facts;
}

}  // namespace linkaudit::query

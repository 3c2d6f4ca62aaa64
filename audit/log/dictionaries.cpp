#include "audit/log/dictionaries.h"

#include <cstring>

#include "audit/log/json_writer.h"

namespace linkaudit::log {
namespace {

// Texts joined so that no two lists give the same.
std::string joined(std::initializer_list<std::string_view> parts) {
  std::string key;
  for (const std::string_view part : parts) {
    key += std::to_string(part.size());
    key += ':';
    key += part;
  }
  return key;
}

template <typename Value>
std::string digits(const std::optional<Value>& value) {
  return value ? std::to_string(static_cast<int>(*value)) : std::string();
}

template <typename Enum>
std::optional<std::string> text_of(const std::optional<Enum>& value) {
  return value ? std::optional<std::string>(name(*value)) : std::nullopt;
}

std::string key_of(const Cell& cell) {
  return joined({cell.link, cell.url, cell.platform, cell.context, cell.simulated ? "1" : "0"});
}

std::string key_of(const Stream& stream) {
  return joined({std::to_string(stream.cell), name(stream.tier), stream.observer, stream.method, stream.vantage});
}

std::string key_of(const State& state) {
  return joined({name(state.outcome), name(state.blame), state.rule, digits(state.context_specific),
                 digits(state.steps), text_of(state.presentation).value_or(""), text_of(state.failure).value_or("")});
}

}  // namespace

Dictionaries::Key Dictionaries::key_for(const std::string& text) {
  const Digest digest = hasher_(text);
  Key key;
  static_assert(sizeof key <= sizeof digest);
  std::memcpy(key.data(), digest.data(), key.size());
  return key;
}

// The number known for `key`, or the next one with `insert` called for it.
template <typename Insert>
std::int64_t Dictionaries::number_in(Numbers& numbers, const std::string& key, const Insert& insert) {
  const auto [place, fresh] = numbers.try_emplace(key_for(key), static_cast<std::int64_t>(numbers.size()) + 1);
  if (fresh) insert(place->second);
  return place->second;
}

Cell cell_of(const probes::Observation& seen) {
  const std::string url = seen.link.empty() ? seen.url : std::string();
  return {well_formed(seen.link), well_formed(url), well_formed(seen.platform), well_formed(seen.context),
          seen.simulated};
}

Stream stream_of(const probes::Observation& seen, std::int64_t cell) {
  return {cell, seen.tier, well_formed(seen.observer), well_formed(seen.method), well_formed(seen.vantage)};
}

State state_of(const probes::Observation& seen) {
  State state{seen.outcome,      seen.blame,  well_formed(seen.rule.id), seen.context_specific, seen.steps,
              seen.presentation, std::nullopt};
  if (seen.failure) state.failure = seen.failure->name;
  return state;
}

State state_from(const Query& row, int first) {
  State state;
  state.outcome = probes::outcome_from(row.text(first)).value_or(probes::Outcome::unclassified);
  state.blame = probes::blame_from(row.text(first + 1)).value_or(probes::Blame::unknown);
  state.rule = row.text(first + 2);
  if (const auto value = row.optional_integer(first + 3)) state.context_specific = *value != 0;
  if (const auto value = row.optional_integer(first + 4)) state.steps = static_cast<int>(*value);
  state.presentation = probes::presentation_from(row.text(first + 5));
  state.failure = probes::failure_name_from(row.text(first + 6));
  return state;
}

void Dictionaries::refresh(Connection& connection) {
  const auto known = [](const Numbers& numbers) { return static_cast<std::int64_t>(numbers.size()); };
  Query cells =
      connection.query("SELECT id, link, url, platform, context, simulated FROM cell WHERE id > ? ORDER BY id");
  for (cells.with(known(cells_)); cells.step();) {
    const Cell cell{cells.text(1), cells.text(2), cells.text(3), cells.text(4), cells.integer(5) != 0};
    cells_[key_for(key_of(cell))] = cells.integer(0);
  }
  Query streams =
      connection.query("SELECT id, cell, tier, observer, method, vantage FROM stream WHERE id > ? ORDER BY id");
  for (streams.with(known(streams_)); streams.step();) {
    const auto tier = probes::tier_from(streams.text(2)).value_or(probes::Tier::target);
    const Stream stream{streams.integer(1), tier, streams.text(3), streams.text(4), streams.text(5)};
    streams_[key_for(key_of(stream))] = streams.integer(0);
  }
  Query states = connection.query(
      "SELECT id, outcome, blame, rule, context_specific, steps, presentation, failure FROM state WHERE id > ? ORDER "
      "BY id");
  for (states.with(known(states_)); states.step();) states_[key_for(key_of(state_from(states, 1)))] = states.integer(0);
}

void Dictionaries::forget() {
  cells_ = {};
  streams_ = {};
  states_ = {};
}

std::int64_t Dictionaries::number_of(Connection& connection, const Cell& cell) {
  return number_in(cells_, key_of(cell), [&](std::int64_t number) {
    connection.query("INSERT INTO cell VALUES (?, ?, ?, ?, ?, ?)")
        .with(number, cell.link, cell.url, cell.platform, cell.context, cell.simulated)
        .run();
  });
}

std::int64_t Dictionaries::number_of(Connection& connection, const Stream& stream) {
  return number_in(streams_, key_of(stream), [&](std::int64_t number) {
    const std::string tier(name(stream.tier));
    connection.query("INSERT INTO stream VALUES (?, ?, ?, ?, ?, ?)")
        .with(number, stream.cell, tier, stream.observer, stream.method, stream.vantage)
        .run();
  });
}

std::int64_t Dictionaries::number_of(Connection& connection, const State& state) {
  return number_in(states_, key_of(state), [&](std::int64_t number) {
    const std::string outcome(name(state.outcome)), blame(name(state.blame));
    const auto presentation = text_of(state.presentation), failure = text_of(state.failure);
    const bool network_failure = state.failure && probes::is_network_failure(*state.failure);
    connection.query("INSERT INTO state VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")
        .with(number, outcome, blame, state.rule, state.context_specific, state.steps, presentation, failure,
              network_failure)
        .run();
  });
}

}  // namespace linkaudit::log

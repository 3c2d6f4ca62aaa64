// What the parts of a record are written from and read by. For the sources of records alone.
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "audit/log/fields.h"
#include "audit/log/json_writer.h"
#include "audit/log/kept.h"
#include "audit/log/log.h"

namespace linkaudit::log {

// The parts of an observation: its stable facts, and the record that names them by their digest. `recorded_at` is left
// out for the identity of an attestation, and `kept` with it.
std::string stable_facts(const probes::Observation& seen);
std::string observation_record(const NewObservation& entry, std::optional<Instant> recorded_at, EntryType type,
                               const Digest& facts, Kept kept);

void write_rule(JsonWriter& out, const probes::RuleReference& rule);
void write_flag(JsonWriter& out, std::string_view name, bool value);

using ScopeLists = std::map<std::string, std::vector<std::string>>;
void write_terms(JsonWriter& out, std::string_view name, const ScopeLists& terms);  // nothing when there are none

// The members of an object in canonical order, their names as they will be written.
template <typename Value, typename Members>
std::vector<std::pair<std::string, Value>> in_order(const Members& members) {
  std::vector<std::pair<std::string, Value>> sorted;
  for (const auto& [key, value] : members) sorted.emplace_back(well_formed(key), value);
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const auto& a, const auto& b) { return key_less(a.first, b.first); });
  const auto same = [](const auto& a, const auto& b) { return a.first == b.first; };
  sorted.erase(std::unique(sorted.begin(), sorted.end(), same), sorted.end());
  return sorted;
}

// Parses; throws std::invalid_argument.
nlohmann::json parse_record(std::string_view text);
probes::RuleReference rule_from(Fields& fields);
std::optional<probes::Failure> failure_from(Fields& outer);

}  // namespace linkaudit::log

// Records of the log, which may come from anybody's file. Input: facts on the first line, a record on the second.
#include "audit/log/record.h"

#include "tests/fuzz/harness.h"
#include "tests/fuzz/harnesses.h"

namespace linkaudit::fuzz {
namespace {

// Nothing for text that is refused, as it may be; any other exception is a finding.
template <typename Read>
auto taken(Read read) -> std::optional<decltype(read())> {
  try {
    return read();
  } catch (const BrokenPromise&) {
    throw;
  } catch (const std::invalid_argument& refused) {
    require(!std::string_view(refused.what()).empty(), "a refusal has its reason");
    return std::nullopt;
  }
}

log::Written written(const log::NewEntry& entry, log::Instant recorded_at) {
  static log::Hasher hasher;
  return write_record(entry, recorded_at, hasher);
}

void check_observation(std::string_view facts, std::string_view record) {
  const auto stable = taken([&] { return log::read_facts(facts); });
  if (!stable) return;
  log::RecordHead head;
  const auto named = [&](const log::Digest&) -> const probes::Observation& { return *stable; };
  const auto entry = taken([&] { return log::read_observation(record, named, &head); });
  if (!entry) return;
  const log::Written text = written(*entry, head.recorded_at);
  const probes::Observation stable_again = log::read_facts(text.facts);
  const auto named_again = [&](const log::Digest&) -> const probes::Observation& { return stable_again; };
  log::RecordHead head_again;
  const auto again = log::read_observation(text.record, named_again, &head_again);
  require(again.observation == entry->observation && again.fire == entry->fire, "an observation comes back as it was",
          text.record);
  require(head_again.at == head.at && head_again.recorded_at == head.recorded_at, "its times come back", text.record);
  require_same(written(again, head.recorded_at).record, text.record, "a record has one form");
}

template <typename Read>
void check_other(std::string_view record, Read read) {
  log::RecordHead head;
  const auto entry = taken([&] { return read(record, &head); });
  if (!entry) return;
  const log::Written text = written(*entry, head.recorded_at);
  require(read(text.record, &head) == *entry, "an entry comes back as it was", text.record);
}

}  // namespace

void record(std::string_view input) {
  const std::string_view facts = take_line(input);
  const std::string_view record = take_line(input);
  check_observation(facts, record);
  check_other(record, [](std::string_view text, log::RecordHead* head) { return log::read_gap(text, head); });
  check_other(record, [](std::string_view text, log::RecordHead* head) { return log::read_run(text, head); });
  check_other(record, [](std::string_view text, log::RecordHead* head) { return log::read_catalog(text, head); });
  taken([&] { return log::read_head(record).type; });
}

}  // namespace linkaudit::fuzz

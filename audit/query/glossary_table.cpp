#include "audit/query/report_tables.h"
#include "audit/query/values.h"

namespace linkaudit::query {
namespace {

constexpr const char* kWords[] = {"host_app", "context",      "platform",   "link",       "cell",       "leg",
                                  "tier",     "blame",        "obligation", "finding",    "confidence", "since",
                                  "overdue",  "undetermined", "stale",      "disputed",   "relapsed",   "gap",
                                  "waiver",   "attestation",  "entry",      "checkpoint", "parity"};

}  // namespace

reports::Table glossary_table(const Reader& reader) {
  std::vector<reports::Row> rows;
  const auto add = [&](const char* kind, reports::Value word, std::string meaning) {
    rows.push_back({word_of(reader, std::string("glossary.kind.") + kind), std::move(word), std::move(meaning)});
  };
  for (const char* word : kWords) {
    const std::string key = std::string("glossary.") + word;
    add("word", word_of(reader, key), word_of(reader, key + ".text"));
  }
  for (const probes::Outcome outcome : probes::kOutcomes) {
    add("outcome", badge(reader.language, outcome), word_of(reader, "meaning." + std::string(name(outcome))));
  }
  for (const probes::Tier tier : probes::kTiers) {
    add("tier", tier_mark(tier) + "  " + label(reader.language, tier),
        word_of(reader, "meaning." + std::string(name(tier))));
  }
  return table_of(reader, "glossary",
                  {column(reader, "word_kind", 16), column(reader, "word", 28), column(reader, "meaning", 100, true)},
                  std::move(rows));
}

}  // namespace linkaudit::query

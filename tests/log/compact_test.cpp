// What an observation costs on disk when nothing has changed but the bytes of the page and the times.
#include <gmock/gmock.h>

#include <random>

#include "audit/log/checkpoint_store.h"
#include "audit/log/maintenance.h"
#include "tests/log/case_file.h"
#include "tests/log/samples.h"

namespace linkaudit::log {
namespace {

constexpr std::int64_t kLooks = 4'000, kBatch = 500;

std::string random_digest(std::mt19937& random) {
  Digest digest{};
  for (std::uint8_t& byte : digest) byte = static_cast<std::uint8_t>(random());
  return to_hex(digest);
}

probes::Observation look(std::int64_t number, std::mt19937& random) {
  probes::Observation seen = full_observation();
  seen.at = minute(number);
  seen.evidence = random_digest(random);
  seen.page->sha256 = random_digest(random);
  seen.page->bytes = 40'000 + static_cast<std::int64_t>(random() % 5'000);
  seen.control->page->sha256 = random_digest(random);
  for (auto* hops : {&seen.hops, &seen.control->hops}) {
    for (probes::Hop& hop : *hops) {
      for (double* time :
           {&hop.timing.name_lookup, &hop.timing.connect, &hop.timing.tls, &hop.timing.first_byte, &hop.timing.total}) {
        *time = static_cast<double>(random() % 200'000) / 1000;
      }
    }
  }
  return seen;
}

TEST(Compact, AnUnchangedObservationTakesAtMostAThousandBytesAndNoNewFacts) {
  const CaseFile file;
  std::mt19937 random(7);
  {
    Log log = file.open();
    const SigningKey key = SigningKey::make("log.example");
    for (std::int64_t first = 0; first < kLooks; first += kBatch) {
      std::vector<NewEntry> entries;
      for (std::int64_t i = first; i < first + kBatch; ++i) entries.push_back(entry(look(i, random)));
      append(log, entries);
      keep_checkpoint(log, key, minute(first));
    }
  }
  const Log log = Log::open_read_only(file.path());
  const Statistics found = statistics(log);
  const double each = static_cast<double>(found.file_bytes) / kLooks;
  RecordProperty("bytes", static_cast<int>(each));
  std::printf("%.0f bytes an observation\n", each);
  EXPECT_LE(each, 1000);
  for (const TableBytes& table : found.tables) {
    if (table.table == "fact" || table.table == "span") {
      EXPECT_EQ(table.rows, 1) << table.table;
    }
  }
}

}  // namespace
}  // namespace linkaudit::log

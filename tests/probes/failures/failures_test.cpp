// Every row of the table, by a real server on loopback and the whole of probe().
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <future>
#include <map>

#include "tests/probes/failures/seeing.h"

namespace linkaudit::probes {
namespace {

using testing::HasSubstr;

std::vector<Row> rows_of(const std::string& behaviour) {
  std::vector<Row> rows = read_table();
  std::erase_if(rows, [&](const Row& row) { return row.behaviour != behaviour || !runs(row); });
  return rows;
}

class Failures : public testing::TestWithParam<std::string> {
 protected:
  static void SetUpTestSuite() { all_ = std::make_unique<All>(); }
  static void TearDownTestSuite() { all_.reset(); }

  static std::vector<RowSeen> seen(const std::string& behaviour) { return all_->seen.at(behaviour).get(); }

 private:
  struct All {
    All() {
      for (const auto& part : {connecting_behaviours(certificates), answering_behaviours(), redirecting_behaviours()}) {
        behaviours.insert(behaviours.end(), part.begin(), part.end());
      }
      // What has to wait for time-outs waits side by side, and while the others run.
      for (const Behaviour& each : behaviours) {
        seen[each.name] = std::async(each.slow ? std::launch::async : std::launch::deferred,
                                     [this, &each] { return see(each, certificates, ca_file, rows_of(each.name)); });
      }
    }
    ~All() {
      seen.clear();
      std::filesystem::remove(ca_file);
    }
    All(const All&) = delete;
    All& operator=(const All&) = delete;

    const Certificates certificates = make_certificates();
    const std::string ca_file = write_pem(certificates.root, testing::TempDir());
    std::vector<Behaviour> behaviours;
    std::map<std::string, std::future<std::vector<RowSeen>>> seen;
  };
  static inline std::unique_ptr<All> all_;
};

TEST_P(Failures, EachRowIsSeenAsTheTableHasIt) {
  for (RowSeen& row : seen(GetParam())) {
    const std::string where = "failures.csv:" + std::to_string(row.expected.line) + ": " + situation_of(row.expected) +
                              " (" + row.seen.text + ")";
    if (row.expected.code == "any" && row.seen.code != "0" && row.seen.code != "-") row.seen.code = "any";
    EXPECT_EQ(expectation_of(row.seen), expectation_of(row.expected)) << where;
    EXPECT_EQ(row.fault, "") << where;
    const std::string part = row.expected.text == "-" ? "" : row.expected.text;
    EXPECT_THAT(row.seen.text, HasSubstr(part)) << where;
  }
}

std::vector<std::string> behaviours_of_the_table() {
  std::vector<std::string> names;
  for (const Row& row : read_table()) {
    if (runs(row) && std::ranges::find(names, row.behaviour) == names.end()) names.push_back(row.behaviour);
  }
  return names;
}

INSTANTIATE_TEST_SUITE_P(Table, Failures, testing::ValuesIn(behaviours_of_the_table()),
                         [](const auto& name) { return name.param; });

}  // namespace
}  // namespace linkaudit::probes

#include "tests/house/arrows.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace linkaudit::house {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(Arrows, ProjectFollowsThePicture) {
  const Tree tree = project();
  EXPECT_GT(tree.size(), 300u);
  EXPECT_THAT(forbidden_arrows(tree), IsEmpty());
}

struct Arrow {
  const char* from;
  const char* to;  // a header in quotes, or in <>
};

std::string include_line(const std::string& target) {
  return "#include " + (target.front() == '<' ? target : "\"" + target + "\"") + "\n";
}

// A made-up project in which everything that is included is there.
Tree with(const Arrow& arrow) {
  Tree tree = {{arrow.from, "// A file.\n#pragma once\n" + include_line(arrow.to)}};
  if (*arrow.to != '<') tree.push_back({arrow.to, "#pragma once\n"});
  return tree;
}

std::string name_of(const testing::TestParamInfo<Arrow>& row) {
  return "Row" + std::to_string(row.index);
}

class ForbiddenArrow : public testing::TestWithParam<Arrow> {};

TEST_P(ForbiddenArrow, IsRefusedWithItsPlace) {
  const auto found = forbidden_arrows(with(GetParam()));
  std::string target = GetParam().to;
  if (target.front() == '<') target = target.substr(1, target.size() - 2);
  EXPECT_THAT(found, ElementsAre(testing::StartsWith(std::string(GetParam().from) + ":3: " + target + ": ")));
}

INSTANTIATE_TEST_SUITE_P(House, ForbiddenArrow,
                         testing::Values(
                             // The three know neither one another nor audit.
                             Arrow{"probes/a.cpp", "schedules/a.h"}, Arrow{"probes/a.cpp", "reports/a.h"},
                             Arrow{"probes/a.h", "audit/log/a.h"}, Arrow{"probes/fetch/a.cpp", "audit/words.h"},
                             Arrow{"schedules/a.cpp", "probes/outcome.h"}, Arrow{"schedules/a.cpp", "reports/a.h"},
                             Arrow{"schedules/a.cpp", "audit/catalog/a.h"}, Arrow{"reports/a.cpp", "probes/outcome.h"},
                             Arrow{"reports/page/a.cpp", "schedules/a.h"}, Arrow{"reports/a.cpp", "audit/query/a.h"},
                             // The ground floor: not each other, nothing above, of probes the plain values only.
                             Arrow{"audit/log/a.cpp", "audit/law/a.h"}, Arrow{"audit/law/a.cpp", "audit/log/a.h"},
                             Arrow{"audit/log/a.cpp", "audit/catalog/a.h"}, Arrow{"audit/law/a.cpp", "audit/query/a.h"},
                             Arrow{"audit/log/a.cpp", "probes/prober.h"},
                             Arrow{"audit/law/a.cpp", "probes/fetch/url.h"}, Arrow{"audit/law/a.cpp", "schedules/a.h"},
                             Arrow{"audit/log/a.cpp", "reports/a.h"}, Arrow{"audit/law/a.cpp", "audit/words.h"},
                             // Upwards.
                             Arrow{"audit/catalog/a.cpp", "audit/query/a.h"},
                             Arrow{"audit/catalog/a.cpp", "reports/a.h"}, Arrow{"audit/query/a.cpp", "audit/run/a.h"},
                             Arrow{"audit/run/a.cpp", "audit/serve/a.h"}, Arrow{"audit/run/a.cpp", "reports/a.h"},
                             Arrow{"audit/serve/a.cpp", "audit/cli/a.h"}, Arrow{"audit/cli/a.cpp", "audit/main.cpp"},
                             Arrow{"audit/main.cpp", "probes/prober.h"},
                             // A part of audit that the picture does not have, and tests from outside.
                             Arrow{"audit/extra/a.cpp", "audit/log/a.h"}, Arrow{"audit/cli/a.cpp", "audit/extra/a.h"},
                             Arrow{"audit/run/a.cpp", "tests/house/a.h"}, Arrow{"probes/a.cpp", "tests/a.h"},
                             // Libraries that one folder has for itself.
                             Arrow{"audit/run/a.cpp", "<curl/curl.h>"}, Arrow{"reports/a.cpp", "<curl/multi.h>"},
                             Arrow{"audit/query/a.cpp", "<xlsxwriter.h>"},
                             Arrow{"audit/run/a.cpp", "<SQLiteCpp/Database.h>"}, Arrow{"probes/a.cpp", "<sqlite3.h>"},
                             Arrow{"audit/cli/a.cpp", "<Poco/Net/HTTPServer.h>"},
                             Arrow{"probes/fetch/a.cpp", "<Poco/Net/HTTPClientSession.h>"},
                             Arrow{"audit/run/a.cpp", "<yaml-cpp/parser.h>"}, Arrow{"audit/main.cpp", "<CLI/CLI.hpp>"}),
                         name_of);

class AllowedArrow : public testing::TestWithParam<Arrow> {};

TEST_P(AllowedArrow, IsLeftAlone) {
  EXPECT_THAT(forbidden_arrows(with(GetParam())), IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(
    House, AllowedArrow,
    testing::Values(Arrow{"probes/fetch/a.cpp", "probes/page/a.h"}, Arrow{"audit/log/a.cpp", "probes/observation.h"},
                    Arrow{"audit/law/a.cpp", "probes/outcome.h"}, Arrow{"audit/catalog/a.cpp", "audit/law/a.h"},
                    Arrow{"audit/query/a.cpp", "audit/catalog/a.h"}, Arrow{"audit/run/a.cpp", "audit/query/a.h"},
                    Arrow{"audit/run/a.cpp", "schedules/a.h"}, Arrow{"audit/cli/a.cpp", "probes/lab/a.h"},
                    Arrow{"audit/cli/a.cpp", "reports/a.h"}, Arrow{"audit/main.cpp", "audit/cli/a.h"},
                    Arrow{"audit/query/a.cpp", "audit/words.h"}, Arrow{"tests/a.cpp", "<curl/curl.h>"},
                    Arrow{"probes/fetch/a.cpp", "<curl/curl.h>"}, Arrow{"reports/workbook/a.cpp", "<xlsxwriter.h>"},
                    Arrow{"audit/log/a.cpp", "<SQLiteCpp/Database.h>"},
                    Arrow{"probes/lab/a.cpp", "<Poco/Net/HTTPServer.h>"},
                    Arrow{"reports/a.cpp", "<Poco/Zip/Compress.h>"}),
    name_of);

TEST(Arrows, IncludeOfAFileThatIsNotThereIsRefused) {
  EXPECT_THAT(forbidden_arrows({{"probes/a.cpp", "#include \"a.h\"\n"}, {"probes/a.h", ""}}),
              ElementsAre("probes/a.cpp:1: a.h: probes may include probes only"));
  EXPECT_THAT(forbidden_arrows({{"probes/a.cpp", "#include \"probes/b.h\"\n"}}),
              ElementsAre("probes/a.cpp:1: probes/b.h: no such file from the top"));
}

TEST(Arrows, IncludesAreReadHoweverTheyAreSpaced) {
  const auto includes = includes_of("  #  include  <vector>  // why\n#include\"probes/a.h\"\n// #include <no>\n");
  ASSERT_EQ(includes.size(), 2u);
  EXPECT_EQ(includes[0].target, "vector");
  EXPECT_FALSE(includes[0].own);
  EXPECT_EQ(includes[1].target, "probes/a.h");
  EXPECT_TRUE(includes[1].own);
  EXPECT_EQ(includes[1].line, 2);
}

}  // namespace
}  // namespace linkaudit::house

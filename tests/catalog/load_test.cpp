#include "audit/catalog/load.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

namespace linkaudit::catalog {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using testing::SizeIs;

std::string text_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

std::vector<std::string> problems_of(const std::string& name, const std::string& text) {
  const auto loaded = load(std::vector<Source>{{name, text}});
  std::vector<std::string> messages;
  if (!loaded) {
    for (const CatalogError& error : loaded.error()) messages.push_back(error.message());
  }
  return messages;
}

Catalog loaded(const std::string& overlay) {
  const auto catalog = load(std::vector<Source>{{"mine.yaml", "version: 1\n" + overlay}});
  EXPECT_TRUE(catalog.has_value()) << (catalog ? "" : catalog.error().front().message());
  return catalog ? *catalog : Catalog{};
}

// One broken file for each rule, and the one line that each must give.
TEST(Load, EveryBrokenFileGivesItsOneLine) {
  const std::filesystem::path data = LINKAUDIT_TEST_DATA;
  std::map<std::string, std::string> expected;  // file -> line
  std::istringstream lines(text_of(data / "expected.txt"));
  for (std::string line; std::getline(lines, line);) expected.emplace(line.substr(0, line.find(':')), line);
  for (const auto& entry : std::filesystem::directory_iterator(data / "bad")) {
    const std::string name = entry.path().filename().string();
    EXPECT_THAT(problems_of(name, text_of(entry.path())), ElementsAre(expected[name])) << name;
  }
  for (const auto& [name, line] : expected) EXPECT_TRUE(std::filesystem::exists(data / "bad" / name)) << line;
  EXPECT_GE(expected.size(), 100u);
}

TEST(Load, AllProblemsAreGivenInOrderOfPlace) {
  EXPECT_THAT(problems_of("mine.yaml", "version: 1\nzone: Mars\nnetwork: {timeout_s: 0, attempts: 99}\nhost: 1\n"),
              ElementsAre(HasSubstr("mine.yaml:2: zone"), HasSubstr("mine.yaml:3: network.timeout_s"),
                          HasSubstr("mine.yaml:3: network.attempts"), HasSubstr("mine.yaml:4: host: unknown key")));
}

TEST(Load, DeepNestingAndHugeNumbersOfValuesAreRefused) {
  EXPECT_THAT(problems_of("deep.yaml", "version: " + std::string(100, '[') + std::string(100, ']')),
              ElementsAre(HasSubstr("deep.yaml:1: nested too deeply")));
}

TEST(Load, FilesOfOtherEditorsAreRead) {
  const std::string built_in = load({})->version;
  for (const std::string text :
       {"", "# nothing yet\n", "---\nversion: 1\n...\n", "\xEF\xBB\xBFversion: 1\r\nplatforms:\r\n"}) {
    const auto catalog = load(std::vector<Source>{{"mine.yaml", text}});
    ASSERT_TRUE(catalog.has_value()) << text << catalog.error().front().message();
    EXPECT_EQ(catalog->version, built_in) << text;
  }
  EXPECT_THAT(problems_of("mine.yaml", "\xEF\xBB\xBFversion: 1\r\nzone: Mars\r\n"),
              ElementsAre(HasSubstr("mine.yaml:2: zone")));
}

TEST(Overlay, MapsMergeKeyByKeyAndListsById) {
  const Catalog built_in = *load({});
  const Catalog catalog = loaded(
      "network: {timeout_s: 7}\n"
      "hosts:\n  - id: wechat\n    contexts:\n      - {id: group, name: {en: crowd, zh: 群}}\n"
      "platforms:\n  - {id: zhihu, enabled: false}\n");
  EXPECT_EQ(catalog.network.timeout_s, 7);
  EXPECT_EQ(catalog.network.max_redirects, built_in.network.max_redirects);
  EXPECT_EQ(find_context(catalog, "wechat/group")->name.en, "crowd");
  EXPECT_EQ(find_context(catalog, "wechat/group")->kind, "group");
  EXPECT_EQ(find_host(catalog, "wechat")->contexts.size(), find_host(built_in, "wechat")->contexts.size());
  EXPECT_EQ(find_platform(catalog, "zhihu"), nullptr);
  EXPECT_EQ(catalog.platforms.size() + 1, built_in.platforms.size());
}

TEST(Overlay, RulesOfTheUserComeFirstThenHostThenPlatformThenEverywhere) {
  const Catalog catalog = loaded("rules:\n  - {id: mine, by: platform, outcome: blocked, when: {status: 451}}\n");
  EXPECT_EQ(catalog.rules.front().id, "mine");
  int rank = 0;
  for (std::size_t index = 1; index < catalog.rules.size(); ++index) {
    const probes::Rule& rule = catalog.rules[index];
    const int own = !rule.host.empty() ? 1 : !rule.platform.empty() ? 2 : 3;
    EXPECT_GE(own, rank) << rule.id;
    rank = own;
  }
}

TEST(Overlay, ScheduleThatIsNotEnabledIsLeftOut) {
  EXPECT_THAT(
      loaded("schedules:\n  - {id: a, cron: \"@daily\"}\n  - {id: b, cron: \"@daily\", enabled: false}\n").schedules,
      SizeIs(1));
}

TEST(CanonicalText, LoadsBackToTheSameCatalog) {
  for (const std::string overlay : {"",
                                    "waivers:\n  - {id: W-1, scope: {kinds: [group]}, justification: \"a: "
                                    "b\\n\\\"c\\\"\", approver: X, from: 2021-10-01, expires: 2021-12-31}\n"}) {
    const Catalog once = loaded(overlay);
    const auto again = load(std::vector<Source>{{"again", once.canonical_text}}, false);
    ASSERT_TRUE(again.has_value()) << again.error().front().message();
    EXPECT_EQ(*again, once);
  }
}

constexpr const char* kSecrets =
    "network: {proxy: \"http://hushuser:hushpass@proxy.example:3128\"}\n"
    "control_client: {user_agent: U, headers: {authorization: Basic hushpass, X-A: shown, X-Api-Key: hush, "
    "Proxy-Authorization: hush}}\n"
    "hosts:\n  - id: wechat\n    client: {user_agent: U, headers: {Cookie: a=hushcookie}}\n"
    "    contexts:\n      - {id: group, client: {user_agent: U, headers: {COOKIE: b=hushcookie}}}\n";

TEST(CanonicalText, HoldsNoCredential) {
  const Catalog catalog = loaded(kSecrets);
  EXPECT_THAT(catalog.canonical_text, Not(HasSubstr("hush")));
  EXPECT_THAT(catalog.canonical_text, HasSubstr("\"http://***@proxy.example:3128\""));
  EXPECT_THAT(catalog.canonical_text, HasSubstr("authorization: \"***\""));
  EXPECT_THAT(catalog.canonical_text, HasSubstr("shown"));
  EXPECT_EQ(catalog.network.proxy, "http://hushuser:hushpass@proxy.example:3128");  // in memory it is
  EXPECT_EQ(catalog.control_client.headers.at(1).second, "Basic hushpass");
  EXPECT_EQ(find_context(catalog, "wechat/group")->client.headers.at(0).second, "b=hushcookie");
}

TEST(CanonicalText, WithHiddenCredentialsIsNotTakenForACatalog) {
  const auto again = load(std::vector<Source>{{"again", loaded(kSecrets).canonical_text}}, false);
  ASSERT_FALSE(again.has_value());
  EXPECT_EQ(again.error().size(), 6U);  // each is named
  EXPECT_TRUE(load(std::vector<Source>{{"again", loaded(kSecrets).canonical_text}}, false, Purpose::recalling));
}

// Only who probes needs it: a log can be read when the lab that wrote the file is gone.
TEST(Load, CaFileThatIsMissingIsRefusedWithItsPlaceForProbing) {
  const std::vector<Source> source = {{"mine.yaml", "version: 1\nnetwork:\n  ca_file: /nonexistent/ca.pem\n"}};
  EXPECT_TRUE(load(source).has_value());
  const auto to_probe = load(source, true, Purpose::probing);
  ASSERT_FALSE(to_probe.has_value());
  EXPECT_EQ(
      to_probe.error().front().message(),
      "mine.yaml:3: network.ca_file: \"/nonexistent/ca.pem\" cannot be read; valid is a file of certificates in PEM");
}

TEST(CanonicalText, VersionChangesWithTheContentOnly) {
  EXPECT_EQ(loaded("").version, load({})->version);
  EXPECT_NE(loaded("zone: Asia/Tokyo\n").version, load({})->version);
}

}  // namespace
}  // namespace linkaudit::catalog

#include "probes/lab/table.h"

#include <gtest/gtest.h>

#include <set>
#include <stdexcept>

namespace linkaudit::probes {
namespace {

LabRow row(const std::string& host, const std::string& context, const std::string& platform, const std::string& from,
           Behaviour behaviour) {
  return {host, context, platform, from, behaviour, Outcome::direct, Blame::none};
}

const std::vector<LabRow> kRows = {
    row("", "", "", "2000-01-01", Behaviour::direct),
    row("chat", "", "", "2001-01-01", Behaviour::refuse),
    row("chat", "chat/group", "", "2001-01-01", Behaviour::confirm),
    row("", "", "shop", "2001-01-01", Behaviour::captcha),
    row("chat", "", "shop", "2001-01-01", Behaviour::login_wall),
    row("chat", "chat/group", "shop", "2001-01-01", Behaviour::stop_page),
    row("chat", "chat/group", "shop", "2002-02-02", Behaviour::copy_to_browser),
    row("mail", "", "video", "2003-03-03", Behaviour::app_jump),
};

struct Case {
  const char* name;
  const char* date;
  const char *host, *context, *platform;
  Behaviour expected;
};

class InForce : public testing::TestWithParam<Case> {};

TEST_P(InForce, IsTheRowThatNamesMost) {
  const Case& asked = GetParam();
  const auto found = LabTable(kRows, asked.date).in_force(asked.host, asked.context, asked.platform);
  ASSERT_TRUE(found);
  EXPECT_EQ(name(found->behaviour), name(asked.expected));
}

INSTANTIATE_TEST_SUITE_P(
    LabTable, InForce,
    testing::Values(Case{"NothingNamed", "", "qq", "qq/group", "music", Behaviour::direct},
                    Case{"HostNamed", "", "chat", "chat/feed", "music", Behaviour::refuse},
                    Case{"ContextNamed", "", "chat", "chat/group", "music", Behaviour::confirm},
                    Case{"PlatformNamed", "", "qq", "qq/group", "shop", Behaviour::captcha},
                    // The platform counts for more than the host app with its context.
                    Case{"PlatformBeforeHost", "", "chat", "chat/feed", "shop", Behaviour::login_wall},
                    Case{"AllNamed", "2001-12-31", "chat", "chat/group", "shop", Behaviour::stop_page},
                    Case{"NewestOfTheSame", "", "chat", "chat/group", "shop", Behaviour::copy_to_browser},
                    Case{"OnItsFirstDay", "2002-02-02", "chat", "chat/group", "shop", Behaviour::copy_to_browser},
                    Case{"NotYet", "2003-03-02", "mail", "mail/mail", "video", Behaviour::direct},
                    Case{"Now", "2003-03-03", "mail", "mail/mail", "video", Behaviour::app_jump},
                    // The target knows no context, so rows for one do not count for it.
                    Case{"ContextUnknown", "", "chat", "", "shop", Behaviour::login_wall}),
    [](const auto& each) { return each.param.name; });

TEST(LabTable, BeforeItsFirstDayNothingIsInForce) {
  EXPECT_FALSE(LabTable(kRows, "1999-12-31").in_force("chat", "chat/group", "shop"));
}

TEST(LabTable, ARowThatIsSetReplacesItsLike) {
  LabTable table(kRows, "");
  table.set(row("chat", "chat/group", "shop", "2002-02-02", Behaviour::direct));
  EXPECT_EQ(table.rows().size(), kRows.size());
  EXPECT_EQ(table.in_force("chat", "chat/group", "shop")->behaviour, Behaviour::direct);
}

TEST(LabTable, ARowThatIsNewIsAdded) {
  LabTable table(kRows, "");
  table.set(row("chat", "chat/feed", "shop", "2002-02-02", Behaviour::gateway_reset));
  EXPECT_EQ(table.rows().size(), kRows.size() + 1);
  EXPECT_EQ(table.in_force("chat", "chat/feed", "shop")->behaviour, Behaviour::gateway_reset);
}

TEST(LabTable, OnlyTheHostAppKnowsAContext) {
  const auto targets_doing = row("chat", "chat/group", "shop", "2002-02-02", Behaviour::captcha);
  const auto of_nobody = row("", "chat/group", "shop", "2002-02-02", Behaviour::confirm);
  const auto of_another = row("mail", "chat/group", "shop", "2002-02-02", Behaviour::confirm);
  for (const LabRow& impossible : {targets_doing, of_nobody, of_another}) {
    EXPECT_THROW(LabTable({impossible}, ""), std::invalid_argument);
    LabTable table(kRows, "");
    EXPECT_THROW(table.set(impossible), std::invalid_argument);
    EXPECT_EQ(table.rows(), kRows);
  }
}

TEST(LabTable, TheDefaultRowsContradictNeitherTheTableNorEachOther) {
  const LabTable table(default_rows(), "");
  std::set<std::string> seen;
  for (const LabRow& each : table.rows()) {
    EXPECT_TRUE(seen.insert(each.host + "|" + each.context + "|" + each.platform + "|" + each.from).second)
        << each.host << " " << each.context << " " << each.platform << " " << each.from;
  }
}

TEST(LabTable, TheDefaultRowsShowEveryBehaviourButOne) {
  std::set<std::string_view> shown;
  for (const LabRow& each : default_rows()) shown.insert(name(each.behaviour));
  for (const Behaviour behaviour : kBehaviours) {
    if (behaviour == Behaviour::target_gone) continue;  // its status is judged as that of target_error
    EXPECT_TRUE(shown.contains(name(behaviour))) << name(behaviour);
  }
}

TEST(LabBehaviour, NamesAreReadBack) {
  for (const Behaviour behaviour : kBehaviours) EXPECT_EQ(behaviour_from(name(behaviour)), behaviour);
  EXPECT_FALSE(behaviour_from("explode"));
}

}  // namespace
}  // namespace linkaudit::probes

#include "probes/fetch/name_resolver.h"

#include <gtest/gtest.h>
#include <netdb.h>

#include <atomic>
#include <semaphore>

namespace linkaudit::probes {
namespace {

using std::chrono::seconds;

constexpr NameResolver::Clock::time_point kStart{seconds(1000)};

class Names : public testing::Test {
 protected:
  NameAnswer answer_for(const std::string& host, NameResolver::Clock::time_point now) {
    EXPECT_EQ(resolver_.ask(host, now), nullptr) << host;
    ready_.acquire();
    const auto answers = resolver_.take_answers(now);
    EXPECT_EQ(answers.size(), 1U);
    EXPECT_EQ(answers.at(0).first, host);
    return answers.at(0).second;
  }

  std::counting_semaphore<> ready_{0};
  std::atomic<int> asked_ = 0;
  // Another address each time.
  NameResolver resolver_{[this](const std::string&) {
                           const std::string address = "192.0.2." + std::to_string(++asked_);
                           return NameAnswer{{*parse_address(address)}, 0};
                         },
                         [this] { ready_.release(); }};
};

TEST_F(Names, AreAskedForOnceInAMinute) {
  const NameAnswer first = answer_for("a.cn", kStart);
  EXPECT_EQ(to_string(first.addresses.at(0)), "192.0.2.1");
  const NameAnswer* known = resolver_.ask("a.cn", kStart + seconds(59));
  ASSERT_NE(known, nullptr);
  EXPECT_EQ(known->addresses, first.addresses);
  EXPECT_EQ(asked_, 1);
}

TEST_F(Names, AreAskedForAgainLater) {
  answer_for("a.cn", kStart);
  EXPECT_EQ(to_string(answer_for("a.cn", kStart + seconds(61)).addresses.at(0)), "192.0.2.2");
}

TEST_F(Names, AreKeptApart) {
  answer_for("a.cn", kStart);
  EXPECT_EQ(to_string(answer_for("b.cn", kStart).addresses.at(0)), "192.0.2.2");
}

// A second look is one: it does not wait for what the first one asked.
TEST(NamesGivenUp, AreAskedForAnewAndTheLateFailureOfTheFirstQuestionIsNoAnswer) {
  std::counting_semaphore<> ready(0), begun(0);
  std::binary_semaphore first_may_end(0);
  std::atomic<int> asked = 0;
  NameResolver resolver(
      [&](const std::string&) {
        const bool first = ++asked == 1;
        begun.release();
        if (!first) return NameAnswer{{*parse_address("192.0.2.2")}, 0};
        first_may_end.acquire();
        return NameAnswer{{}, EAI_AGAIN};
      },
      [&] { ready.release(); });
  EXPECT_EQ(resolver.ask("a.cn", kStart), nullptr);
  begun.acquire();
  resolver.give_up("a.cn");
  first_may_end.release();
  EXPECT_EQ(resolver.ask("a.cn", kStart), nullptr);
  ready.acquire();
  const auto answers = resolver.take_answers(kStart);
  ASSERT_EQ(answers.size(), 1U);
  EXPECT_EQ(answers[0].second.error, 0);
  EXPECT_EQ(asked, 2);
}

}  // namespace
}  // namespace linkaudit::probes

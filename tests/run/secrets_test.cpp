#include "audit/run/secrets.h"

#include <gtest/gtest.h>

namespace linkaudit::run {
namespace {

struct Masked {
  const char *given, *shown;
};

TEST(Secrets, NamedParametersAndUserinfoAreMasked) {
  const Masked table[] = {
      {"https://a.example/p?token=abc&id=1", "https://a.example/p?token=***&id=1"},
      {"https://a.example/p?id=1&SID=abc#frag", "https://a.example/p?id=1&SID=***#frag"},
      {"https://a.example/p?token=", "https://a.example/p?token=***"},
      {"https://a.example/p?tokens=abc", "https://a.example/p?tokens=abc"},
      {"https://a.example/p?token", "https://a.example/p?token"},
      {"https://user:pass@a.example/p@q?x=1", "https://a.example/p@q?x=1"},
      {"https://a.example/p?mail=me@b.example", "https://a.example/p?mail=me@b.example"},
      {"", ""},
  };
  for (const Masked& row : table) EXPECT_EQ(mask_url(row.given, {"token", "sid"}), row.shown);
}

TEST(Secrets, EveryUrlOfAnObservationIsMasked) {
  probes::Observation seen;
  const std::string secret = "https://a.example/?sid=hush";
  seen.url = secret;
  seen.hops.push_back({.url = secret});
  seen.page = probes::Page{.final_url = secret};
  seen.facts["target"] = secret;
  seen.control = probes::ControlResult{};
  seen.control->hops.push_back({.url = secret});
  seen.control->page = probes::Page{.final_url = secret};
  mask(seen, {"sid"});
  const std::string shown = "https://a.example/?sid=***";
  EXPECT_EQ(seen.url, shown);
  EXPECT_EQ(seen.hops[0].url, shown);
  EXPECT_EQ(seen.page->final_url, shown);
  EXPECT_EQ(seen.facts["target"], shown);
  EXPECT_EQ(seen.control->hops[0].url, shown);
  EXPECT_EQ(seen.control->page->final_url, shown);
}

}  // namespace
}  // namespace linkaudit::run

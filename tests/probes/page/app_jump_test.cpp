// Jumps into apps are told apart from redirects.
#include <gtest/gtest.h>

#include "probes/page/reader.h"

namespace linkaudit::probes {
namespace {

constexpr const char* kHtml = "text/html; charset=utf-8";

TEST(AppJump, SchemesOfAppsAreToldFromTheWeb) {
  const std::pair<const char*, const char*> table[] = {
      {"<script>location.href='taobao://item.taobao.com/item.htm?id=1'</script>",
       "taobao://item.taobao.com/item.htm?id=1"},
      {"<script>window.location.replace('intent:#Intent;scheme=tbopen;end')</script>",
       "intent:#Intent;scheme=tbopen;end"},
      {"<meta http-equiv=refresh content='0;url=weixin://dl/business'>", "weixin://dl/business"},
      {"<iframe src='tbopen://m.taobao.com/'></iframe>", "tbopen://m.taobao.com/"},
      {"<script>var f=document.createElement('iframe');\nf.src='kwai://home';</script>", "kwai://home"},
      {"<script>location='snssdk1128://webview?url=https%3A%2F%2Fa'</script>",
       "snssdk1128://webview?url=https%3A%2F%2Fa"},
  };
  for (const auto& [page, jump] : table) {
    const PageFacts facts = read_page(page, kHtml);
    EXPECT_EQ(facts.app_jumps, std::vector<std::string>{jump}) << page;
    EXPECT_FALSE(facts.redirect.has_value()) << page;
  }
  for (const char* page : {"<script>location='mailto:a@b.example'</script>", "<script>location='tel:123'</script>",
                           "<script>location='about:blank'</script>", "<iframe src='https://a.example/'></iframe>",
                           "<a href='taobao://x'>open</a>", "<script>location='localhost:8080/x'</script>"}) {
    EXPECT_TRUE(read_page(page, kHtml).app_jumps.empty()) << page;
  }
}

TEST(AppJump, AJumpDoesNotHideTheWayOn) {
  const PageFacts facts = read_page(
      "<script>location.href='taobao://a'; setTimeout(function(){location.href='/download'}, 500)</script>", kHtml);
  EXPECT_EQ(facts.app_jumps, std::vector<std::string>{"taobao://a"});
  EXPECT_EQ(facts.redirect, (PageRedirect{"script", "/download"}));
}

TEST(AppJump, ListIsBounded) {
  std::string page = "<script>";
  for (int at = 0; at < 1000; ++at) page += "location='app" + std::to_string(at) + "://x';";
  EXPECT_EQ(read_page(page + "</script>", kHtml).app_jumps.size(), 16u);
}

}  // namespace
}  // namespace linkaudit::probes

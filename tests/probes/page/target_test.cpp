// The URL that a page in between stands in front of.
#include "probes/page/target.h"

#include <gtest/gtest.h>

#include "probes/page/reader.h"

namespace linkaudit::probes {
namespace {

constexpr const char* kLink = "https://item.taobao.com/item.htm?id=1&a=b";

TEST(RecoverTarget, FromTheUrl) {
  const std::pair<const char*, const char*> table[] = {
      {"https://weixin110.qq.com/x?main_type=1&url=https%3A%2F%2Fitem.taobao.com%2Fitem.htm%3Fid%3D1%26a%3Db", kLink},
      {"https://c.pc.qq.com/middlem.html?pfurl=https%3A%2F%2Fitem.taobao.com%2Fitem.htm%3Fid%3D1%26a%3Db&x=1", kLink},
      {"https://weibo.cn/sinaurl?u=https%3A%2F%2Fitem.taobao.com%2Fitem.htm%3Fid%3D1%26a%3Db", kLink},
      {"https://link.zhihu.com/?target=https%253A%252F%252Fitem.taobao.com%252Fitem.htm%253Fid%253D1%2526a%253Db",
       kLink},
      {"https://link.wtturl.cn/?target=aHR0cHM6Ly9pdGVtLnRhb2Jhby5jb20vaXRlbS5odG0/aWQ9MSZhPWI=", kLink},
      {"https://a.example/?url=aHR0cHM6Ly9pdGVtLnRhb2Jhby5jb20vaXRlbS5odG0_aWQ9MSZhPWI", kLink},  // URL-safe, unpadded
      {"https://a.example/?url=aHR0cHM6Ly9pdGVtLnRhb2Jhby5jb20vaXRlbS5odG0%2FaWQ9MSZhPWI%3D", kLink},
      {"https://a.example/?url=aHR0cHMlM0ElMkYlMkZpdGVtLnRhb2Jhby5jb20lMkZpdGVtLmh0bSUzRmlkJTNEMSUyNmElM0Ri", kLink},
      {"https://a.example/go/https://item.taobao.com/item.htm?id=1&a=b", kLink},
      {"https://a.example/go/aHR0cHM6Ly9pdGVtLnRhb2Jhby5jb20vaXRlbS5odG0_aWQ9MSZhPWI", kLink},
      {"https://a.example/?url=&target=https%3A%2F%2Fitem.taobao.com%2Fitem.htm%3Fid%3D1%26a%3Db", kLink},
      {"https://a.example/?url=http://b.example/", "http://b.example/"},
      {"https://a.example/?x=aHR0cHM6Ly9pdGVtLnRhb2Jhby5jb20vaXRlbS5odG0_aWQ9MSZhPWI", kLink},
      {"https://a.example/?ref=https%3A%2F%2Fb%2F&d=aHR0cHM6Ly9pdGVtLnRhb2Jhby5jb20vaXRlbS5odG0%2FaWQ9MSZhPWI%3D",
       kLink},
      {"https://a.example/?data=%7B%22url%22%3A%22https%3A%2F%2Fitem.taobao.com%2Fitem.htm%3Fid%3D1%26a%3Db%22%7D",
       kLink},
      {"https://a.example/"
       "?data=%7B%22a%22%3A%7B%22link%22%3A%22https%3A%2F%2Fitem.taobao.com%2Fitem.htm%3Fid%3D1%26a%3Db%22%7D%7D",
       kLink},
      {"https://a.example/?p=eyJ1cmwiOiJodHRwczovL2l0ZW0udGFvYmFvLmNvbS9pdGVtLmh0bT9pZD0xJmE9YiJ9", kLink},
      {"https://a.example/#https%3A%2F%2Fitem.taobao.com%2Fitem.htm%3Fid%3D1%26a%3Db", kLink},
      {"https://a.example/#aHR0cHM6Ly9pdGVtLnRhb2Jhby5jb20vaXRlbS5odG0_aWQ9MSZhPWI", kLink},
      {"https://a.example/#/go?url=https%3A%2F%2Fitem.taobao.com%2Fitem.htm%3Fid%3D1%26a%3Db", kLink},
  };
  for (const auto& [url, target] : table) EXPECT_EQ(recover_target(url, nullptr), target) << url;
}

TEST(RecoverTarget, OnlyWebUrlsAreGivenBack) {
  for (const char* url : {
           "https://a.example/?url=javascript%3Aalert(1)",
           "https://a.example/?url=taobao%3A%2F%2Fx",
           "https://a.example/?url=item.taobao.com",
           "https://a.example/?url=https%3A%2F%2F",
           "https://a.example/?url=https%3A%2F%2Fa%20b%2F",
           "https://a.example/?url=https%3A%2F%2Fa%0D%0Ab%2F",
           "https://a.example/?url=%%%",
           "https://a.example/?url=%2",
           "https://a.example/?other=https%3A%2F%2Fb.example%2F",
           "https://a.example/?data=%7B%22other%22%3A%22https%3A%2F%2Fb.example%2F%22%7D",
           "https://a.example/?data=%7B%22url%22%3A",
           "https://a.example/?a=b#section",
           "https://a.example/aGVsbG8gd29ybGQsIGhlbGxvIHdvcmxk",
           "https://a.example/",
           "https://a.example",
           "",
       }) {
    EXPECT_EQ(recover_target(url, nullptr), std::nullopt) << url;
  }
  EXPECT_EQ(recover_target("https://a.example/?url=https%3A%2F%2Fb%2F" + std::string(20000, 'x'), nullptr),
            std::nullopt);
}

TEST(RecoverTarget, FromThePage) {
  const std::pair<const char*, const char*> table[] = {
      {R"(<script>var cgiData={"type":"block","url":"https:&#x2f;&#x2f;item.taobao.com&#x2f;item.htm?id=1&amp;a=b"}</script>)",
       kLink},
      {R"(<script>var cgiData={"desc":"https://item.taobao.com/item.htm?id=1&a=b"}</script>)", kLink},
      {R"(<script>var cgiData={"desc":"a sentence","btns":[{"url":"https://item.taobao.com/item.htm?id=1&a=b"}]}</script>)",
       kLink},
      {R"(<script>var DATA=JSON.parse("{\"url\":\"https://item.taobao.com/item.htm?id=1&a=b\"}")</script>)", kLink},
      {"<p>如需浏览，请复制</p><p>https://item.taobao.com/item.htm?id=1&amp;a=b</p><p>后打开</p>", kLink},
      {"<p>https://item.taobao.com/item.htm?id=1&amp;a=b，请复制", kLink},
      {"<p>Visit https://item.taobao.com/item.htm?id=1&amp;a=b.", kLink},
      {"<p>(https://item.taobao.com/item.htm?id=1&amp;a=b), please", kLink},
      {"<p>[https://item.taobao.com/item.htm?id=1&amp;a=b]!?", kLink},
      {"<p>'https://item.taobao.com/item.htm?id=1&amp;a=b'", kLink},
      {"<p>https://a.example/x_(y).", "https://a.example/x_(y)"},
      {"<input readonly value='https://item.taobao.com/item.htm?id=1&amp;a=b'>", kLink},
      {R"(<script>var cgiData={"url":"aHR0cHM6Ly9pdGVtLnRhb2Jhby5jb20vaXRlbS5odG0_aWQ9MSZhPWI"}</script>)", kLink},
      {"<p>没有网址</p>", nullptr},
      {R"(<script>var cgiData={"url":"weixin://x"}</script>)", nullptr},
  };
  for (const auto& [page, target] : table) {
    const PageFacts facts = read_page(page, "text/html; charset=utf-8");
    const auto found = recover_target("https://weixin110.qq.com/x?midpagecode=1", &facts);
    EXPECT_EQ(found.value_or("nothing"), target == nullptr ? "nothing" : target) << page;
  }
}

TEST(RecoverTarget, TheLinkItselfBeforeOthersThatStandInTheText) {
  const PageFacts facts = read_page(
      "<p>http://ads.example/x 您要访问的网址 http://shop.example/1，或 http://b.example/", "text/html; charset=utf-8");
  for (const char* link : {"http://shop.example/1", "https://shop.example/1", "http://shop.example/1/#top"}) {
    EXPECT_EQ(recover_target("https://a.example/", &facts, link), "http://shop.example/1") << link;
  }
  EXPECT_EQ(recover_target("https://a.example/", &facts, "http://shop.example/2"), "http://ads.example/x");
}

TEST(RecoverTarget, UrlBeforePage) {
  const PageFacts facts = read_page("<p>http://b.example/</p>", "text/html");
  EXPECT_EQ(recover_target("https://a.example/?url=http%3A%2F%2Fc.example%2F", &facts), "http://c.example/");
}

}  // namespace
}  // namespace linkaudit::probes

// Parts of a URL, as classifying reads them.
#include "probes/page/url.h"

#include <gtest/gtest.h>

namespace linkaudit::probes {
namespace {

struct Parts {
  const char* url;
  const char* scheme;
  const char* host;
  const char* path;
  const char* query;
};

TEST(LacksSlashes, OfUrlsOfTheWebAlone) {
  for (const char* url : {"http:b", "HTTPS:/b", "https:", "http:\\\\b"}) EXPECT_TRUE(lacks_slashes(url)) << url;
  for (const char* url : {"http://b", "https:///b", "//b", "/b", "b", "tel:1", "taobao:/b", ""}) {
    EXPECT_FALSE(lacks_slashes(url)) << url;
  }
}

TEST(UrlParts, AreViewsOfTheText) {
  const Parts table[] = {
      {"https://A.Example:8080/b/c?d=e#f", "https", "a.example", "/b/c", "d=e"},
      {"http://a.example", "http", "a.example", "", ""},
      {"http://a.example?x", "http", "a.example", "", "x"},
      {"http://a.example#?x", "http", "a.example", "", ""},
      {"http://u:p@a.example./", "http", "a.example", "/", ""},
      {"http://[2001:DB8::1]:80/x", "http", "2001:db8::1", "/x", ""},
      {"//a.example/x", "", "a.example", "/x", ""},
      {"/x/y?z", "", "", "/x/y", "z"},
      {"taobao://item/1", "taobao", "item", "/1", ""},
      {"mailto:a@b.example", "mailto", "", "a@b.example", ""},
      {"", "", "", "", ""},
      {"http://", "http", "", "", ""},
      {"http://[::1", "http", "::1", "", ""},
  };
  for (const Parts& row : table) {
    EXPECT_EQ(scheme_of(row.url), row.scheme) << row.url;
    EXPECT_EQ(host_of(row.url), row.host) << row.url;
    EXPECT_EQ(path_of(row.url), row.path) << row.url;
    EXPECT_EQ(query_of(row.url), row.query) << row.url;
  }
}

TEST(QueryParameter, IsTheFirstDecoded) {
  const std::string url = "https://a.example/?x=1&y=%E4%B8%AD%2&x=2&z&w=a+b&=v&e=";
  EXPECT_EQ(query_parameter(url, "x"), "1");
  EXPECT_EQ(query_parameter(url, "y"), "中%2");
  EXPECT_EQ(query_parameter(url, "z"), std::nullopt);
  EXPECT_EQ(query_parameter(url, "w"), "a+b");
  EXPECT_EQ(query_parameter(url, "e"), "");
  EXPECT_EQ(query_parameter(url, "none"), std::nullopt);
  EXPECT_EQ(query_parameter("https://a.example/#?x=1", "x"), std::nullopt);
}

TEST(InDomain, IsByWholeLabels) {
  EXPECT_TRUE(in_domain("a.example", "a.example"));
  EXPECT_TRUE(in_domain("b.a.example", "a.example"));
  EXPECT_FALSE(in_domain("ba.example", "a.example"));
  EXPECT_FALSE(in_domain("example", "a.example"));
  EXPECT_FALSE(in_domain("a.example", ""));
  EXPECT_TRUE(in_domain("192.0.2.7", "192.0.2.7"));
  EXPECT_FALSE(in_domain("1.192.0.2.7", "192.0.2.7"));
}

TEST(RegistrableDomain, IsByThePublicSuffixList) {
  const std::pair<const char*, const char*> table[] = {
      {"www.a.com", "a.com"},     {"a.com", "a.com"},
      {"x.y.com.cn", "y.com.cn"}, {"com.cn", "com.cn"},
      {"192.0.2.7", "192.0.2.7"}, {"2001:db8::1", "2001:db8::1"},
      {"localhost", "localhost"}, {"", ""},
  };
  for (const auto& [host, domain] : table) EXPECT_EQ(registrable_domain(host), domain) << host;
  const std::string cut("a.com\0.b.cn", 11);
  EXPECT_EQ(registrable_domain(cut), cut);
}

TEST(IsAppUrl, IsOfSchemesThatNoBrowserKnows) {
  for (const char* url :
       {"taobao://x", "weixin://", "intent:#Intent;end", "intent://x", "snssdk1128://webview?url=x", "TBOPEN://m"}) {
    EXPECT_TRUE(is_app_url(url)) << url;
  }
  for (const char* url : {"https://a.example", "HTTP://a", "javascript:x", "data:text/html,x", "about:blank",
                          "mailto:a", "tel:1", "localhost:80/x", "/x", "x", "", "a b://x", "://x"}) {
    EXPECT_FALSE(is_app_url(url)) << url;
  }
}

}  // namespace
}  // namespace linkaudit::probes

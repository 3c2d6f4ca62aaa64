#include "probes/fetch/url.h"

#include <gtest/gtest.h>

#include "probes/fetch/url_check.h"

namespace linkaudit::probes {
namespace {

struct Row {
  const char* given;
  const char* expected;
};

TEST(Url, IsNormalised) {
  for (const auto& [given, expected] : {
           Row{"HTTP://Example.COM", "http://example.com/"},
           Row{"  https://a.cn/x\n", "https://a.cn/x"},
           Row{"https://a.cn./x", "https://a.cn/x"},
           Row{"https://a.cn:443/x", "https://a.cn/x"},
           Row{"http://a.cn:8080/x", "http://a.cn:8080/x"},
           Row{"http://a.cn/中?q=文 x#段", "http://a.cn/%E4%B8%AD?q=%E6%96%87%20x#%E6%AE%B5"},
           Row{"http://中文.cn/", "http://xn--fiq228c.cn/"},
           Row{"http://%E4%B8%AD文.cn/", "http://xn--fiq228c.cn/"},
           Row{"http://a。cn/", "http://a.cn/"},
           Row{"http://ex_ample.com/", "http://ex_ample.com/"},
           Row{"http://a.cn/x\\y", "http://a.cn/x/y"},
           Row{"http://a.cn/x?a\\b", "http://a.cn/x?a\\b"},
           Row{"http://a.cn/a/../b", "http://a.cn/b"},
       }) {
    const auto url = parse_url(given);
    ASSERT_TRUE(url) << given << ": " << url.error().text;
    EXPECT_EQ(url->text, expected) << given;
    EXPECT_EQ(url->doubt, "") << given;
  }
}

TEST(Url, EverySpellingOfAnAddressIsOne) {
  for (const auto& [given, expected] : {
           Row{"http://127.0.0.1/", "127.0.0.1"},
           Row{"http://2130706433/", "127.0.0.1"},
           Row{"http://0x7f000001/", "127.0.0.1"},
           Row{"http://0X7F.1/", "127.0.0.1"},
           Row{"http://017700000001/", "127.0.0.1"},
           Row{"http://0177.0.0.01/", "127.0.0.1"},
           Row{"http://127.1/", "127.0.0.1"},
           Row{"http://127.0.1/", "127.0.0.1"},
           Row{"http://127.0.0.1./", "127.0.0.1"},
           Row{"http://１２７.０.０.１/", "127.0.0.1"},
           Row{"http://127。0。0。1/", "127.0.0.1"},
           Row{"http://%31%32%37.0.0.1/", "127.0.0.1"},
           Row{"http://⑫⑦.0.0.1/", "127.0.0.1"},
           Row{"http://¹²⁷.0.0.1/", "127.0.0.1"},
           Row{"http://𝟏𝟐𝟕.𝟎.𝟎.𝟏/", "127.0.0.1"},
           Row{"http://127．0｡0。1/", "127.0.0.1"},
           Row{"http://%EF%BC%91%EF%BC%92%EF%BC%97.1/", "127.0.0.1"},
           Row{"http://127.0.\u00AD0.1/", "127.0.0.1"},  // a soft hyphen, which UTS 46 leaves out
           Row{"http://127%2E0%2e0.1/", "127.0.0.1"},
           Row{"http://127.0.0.1%2E/", "127.0.0.1"},
           Row{"http://127.0x0.00.0x1/", "127.0.0.1"},
           Row{"http://00000000177.1/", "127.0.0.1"},
           Row{"http://127.65535/", "127.0.255.255"},
           Row{"http://0/", "0.0.0.0"},
           Row{"http://[::1]/", "::1"},
           Row{"http://[0:0::0:1]/", "::1"},
           Row{"http://[::ffff:127.0.0.1]/", "::ffff:127.0.0.1"},
           Row{"http://[::FFFF:7f00:1]:80/", "::ffff:127.0.0.1"},
           Row{"http://[0000:0:0::FFFF:127.0.0.1]/", "::ffff:127.0.0.1"},
           Row{"http://[::127.0.0.1]/", "::127.0.0.1"},
           Row{"http://[64:ff9b::7f00:1]/", "64:ff9b::7f00:1"},
       }) {
    const auto url = parse_url(given);
    ASSERT_TRUE(url) << given << ": " << url.error().text;
    ASSERT_TRUE(url->address) << given;
    EXPECT_EQ(to_string(*url->address), expected) << given;
    EXPECT_EQ(url->host, expected) << given;
  }
}

TEST(Url, WhatIsNoneIsRefused) {
  for (const char* given : {"",
                            "taobao.com",
                            "//a.cn/x",
                            "http://",
                            "http:///x",
                            "http:////x",
                            "http:x",
                            "http://a b/",
                            "http://a%00b/",
                            "http://a<b/",
                            "http://a%25b/",
                            "http://127.0.0.%2531/",
                            "http://%25.cn/",
                            "http://%e/",
                            "http://a|b/",
                            "http://a%7Cb/",
                            "http://a^b/",
                            "http://a%7Fb/",
                            "http://1.2.3.4.5/",
                            "http://256.1.1.1/",
                            "http://1.2.3.0x100/",
                            "http://4294967296/",
                            "http://08.1/",
                            "http://0x/",
                            "http://[::1",
                            "http://[fe80::1%25eth0]/",
                            "http://[1.2.3.4]/",
                            "http://a..b/",
                            "http://a../",
                            "http://./",
                            "http://.a/",
                            "http://a.cn:0/",
                            "http://a.cn:99999/",
                            "http://a.cn:x/",
                            "http://xn--a\xff.cn/",
                            "http://?x"}) {
    const auto url = parse_url(given);
    ASSERT_FALSE(url) << given << " -> " << url->text;
    EXPECT_EQ(url.error().name, FailureName::invalid_url) << given;
  }
  EXPECT_FALSE(parse_url("http://a.cn/" + std::string(40000, 'x')));
}

TEST(Url, OtherSchemesAreRefused) {
  for (const char* given : {"ftp://a.cn/", "file:///etc/passwd", "taobao://x", "javascript:alert(1)",
                            "data:text/html,x", "gopher://a.cn/", "FILE:///x"}) {
    const auto url = parse_url(given);
    ASSERT_FALSE(url) << given;
    EXPECT_EQ(url.error().name, FailureName::refused_scheme) << given;
  }
}

TEST(Url, ReferencesAreResolved) {
  const auto base = parse_url("https://b.cn/d/e?q=1#z");
  ASSERT_TRUE(base);
  for (const auto& [given, expected] : {
           Row{"/p", "https://b.cn/p"},
           Row{"p", "https://b.cn/d/p"},
           Row{"../p", "https://b.cn/p"},
           Row{"?r=2", "https://b.cn/d/e?r=2"},
           Row{"#f", "https://b.cn/d/e?q=1#f"},
           Row{"//c.cn/x", "https://c.cn/x"},
           Row{"http://c.cn:8080", "http://c.cn:8080/"},
           Row{" /x y ", "https://b.cn/x%20y"},
           Row{"/a\\b", "https://b.cn/a/b"},
           Row{"/中", "https://b.cn/%E4%B8%AD"},
           Row{"/\xd6\xd0", "https://b.cn/%D6%D0"},
           Row{"/x?u=http://y", "https://b.cn/x?u=http://y"},
       }) {
    const auto url = resolve_url(*base, given);
    ASSERT_TRUE(url) << given << ": " << url.error().text;
    EXPECT_EQ(url->text, expected) << given;
    EXPECT_EQ(url->doubt, "") << given;
  }
}

// What a check of the URL says before any packet; nullopt: it may be asked.
std::optional<FailureName> checked(const char* given, const std::vector<std::string>& allow = {},
                                   const std::vector<std::string>& connect_to = {}) {
  const auto url = parse_url(given);
  if (!url) return url.error().name;
  const auto failure = check_url(*url, AddressGuard(allow), ConnectTo(connect_to));
  if (!failure) return std::nullopt;
  EXPECT_EQ(failure->layer, Layer::limit);
  EXPECT_FALSE(failure->text.empty());
  return failure->name;
}

TEST(UrlCheck, ForbiddenAddressesAreRefusedHoweverTheyAreDressed) {
  for (const char* given :
       {"http://127.0.0.1/", "http://0x7f.1/", "http://10.0.0.1:8080/", "http://[::1]/", "http://localhost/",
        "http://x.localhost./", "http://taobao.com@127.0.0.1/", "http://u:p@169.254.169.254/",
        "http://127.0.0.1\\@taobao.com/", "http:\\\\127.0.0.1\\x", "http://[64:ff9b::a00:1]/", "http://１２７.１/",
        "http://LOCALHOST/", "http://[::ffff:10.0.0.1]/"}) {
    EXPECT_EQ(checked(given), FailureName::refused_address) << given;
  }
}

TEST(UrlCheck, HostsThatOthersMayReadOtherwiseAreRefused) {
  for (const char* given : {"http://taobao.com@evil.cn/", "http://u:p@evil.cn/", "http://evil.cn\\@taobao.com/",
                            "http:\\\\evil.cn/", "http:/\\evil.cn/"}) {
    EXPECT_EQ(checked(given), FailureName::invalid_url) << given;
  }
}

TEST(UrlCheck, BadPortsAreRefused) {
  for (const char* given :
       {"http://a.cn:22/", "http://a.cn:25/", "https://a.cn:6667/", "http://a.cn:10080/", "http://a.cn:1/"}) {
    EXPECT_EQ(checked(given), FailureName::refused_port) << given;
  }
  for (const char* given : {"http://a.cn/", "https://a.cn:8443/", "http://a.cn:3000/", "http://a.cn:65535/"}) {
    EXPECT_EQ(checked(given), std::nullopt) << given;
  }
}

TEST(UrlCheck, WhatTheOperatorNamesIsNotRefused) {
  EXPECT_EQ(checked("http://10.0.0.1/", {"10.0.0.0/8"}), std::nullopt);
  EXPECT_EQ(checked("http://10.0.0.1/", {}, {"10.0.0.1:80:127.0.0.1:8080"}), std::nullopt);
  EXPECT_EQ(checked("http://10.0.0.2/", {}, {"10.0.0.1:80:127.0.0.1:8080"}), FailureName::refused_address);
  EXPECT_EQ(checked("http://10.0.0.1/", {}, {"::127.0.0.1:8080"}), FailureName::refused_address);
}

TEST(ConnectTo, FirstMatchingEntryCounts) {
  const std::vector<std::string> entries = {"a.cn:80:127.0.0.1:8001", "a.cn::127.0.0.1:8002",
                                            "B.cn:443:[::1]:", "::fallback.cn:9000", "a.cn:81:late.cn:1"};
  const ConnectTo connect_to(entries);
  EXPECT_EQ(connect_to.match("a.cn", 80), (ConnectTarget{"127.0.0.1", 8001}));
  EXPECT_EQ(connect_to.match("a.cn", 443), (ConnectTarget{"127.0.0.1", 8002}));
  EXPECT_EQ(connect_to.match("a.cn", 81), (ConnectTarget{"127.0.0.1", 8002}));
  EXPECT_EQ(connect_to.match("b.cn", 443), (ConnectTarget{"::1", 443}));
  EXPECT_EQ(connect_to.match("b.cn", 80), (ConnectTarget{"fallback.cn", 9000}));
  EXPECT_EQ(ConnectTo().match("a.cn", 80), std::nullopt);
}

TEST(ConnectTo, BadEntriesAreNamed) {
  for (const char* entry : {"", "a", "a:b", "a:80:b", "a:x:b:80", "a:80:b:99999", "[::1:80:b:80", "a:80:b:80:c"}) {
    const std::vector<std::string> entries = {entry};
    EXPECT_THROW(ConnectTo{entries}, std::invalid_argument) << entry;
  }
}

}  // namespace
}  // namespace linkaudit::probes

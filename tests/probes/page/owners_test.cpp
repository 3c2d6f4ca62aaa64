// Whose page a URL is, and which platform a link belongs to.
#include <gtest/gtest.h>

#include "tests/probes/page/classifying.h"

namespace linkaudit::probes {
namespace {

PlatformSigns platform(std::string id, std::vector<std::string> domains, std::vector<std::string> shapes = {}) {
  PlatformSigns signs;
  signs.id = std::move(id);
  signs.domains = std::move(domains);
  signs.shapes = std::move(shapes);
  return signs;
}

Classifier world() {
  Knowledge world;
  world.hosts = {{"chat", {"qq.example", "mp.qq.example", "both.example"}}, {"local", {"127.0.0.1"}}};
  world.platforms = {
      platform("taobao", {"taobao.example", "both.example", "Upper.Example"}),
      platform("xianyu", {"taobao.example", "goofish.example"}, {"^https://taobao\\.example/idle/", "/idle\\?id="}),
      platform("tickets", {"tickets.qq.example"}),
      platform("numbers", {"192.0.2.7", "[2001:db8::1]"}),
  };
  return Classifier(std::move(world));
}

struct Row {
  const char* why;
  const char* url;
  const char* host;
  const char* platform;
};

TEST(OwnerOf, LongestDomainWins) {
  const Classifier classifier = world();
  const Row table[] = {
      {"a host app's", "https://qq.example/", "chat", ""},
      {"below it", "https://a.b.qq.example/", "chat", ""},
      {"a platform's below a host app's", "https://tickets.qq.example/x", "", "tickets"},
      {"below that", "https://m.tickets.qq.example/x", "", "tickets"},
      {"one of several", "https://mp.qq.example/", "chat", ""},
      {"a name that only ends alike", "https://notqq.example/", "", ""},
      {"case, port, final dot, user", "HTTPS://a@WWW.QQ.EXAMPLE.:8443/x", "chat", ""},
      {"a catalog's own capitals", "https://upper.example/", "", "taobao"},
      {"both's", "https://both.example/", "chat", "taobao"},
      {"shared: the first", "https://taobao.example/item", "", "taobao"},
      {"shared: the one whose shape fits", "https://taobao.example/idle/1", "", "xianyu"},
      {"a shape elsewhere says nothing", "https://other.example/idle?id=1", "", ""},
      {"an address", "http://192.0.2.7:8080/x", "", "numbers"},
      {"another address", "http://1.192.0.2.7/x", "", ""},
      {"an address of the host app", "http://127.0.0.1:1/", "local", ""},
      {"an IPv6 address", "http://[2001:DB8::1]:80/", "", "numbers"},
      {"nobody's", "https://example.com/", "", ""},
      {"no URL", "not a url", "", ""},
      {"an empty one", "", "", ""},
      {"a top-level domain", "https://example/", "", ""},
      {"the host in the path", "https://evil.example/https://qq.example/", "", ""},
      {"the host as user", "https://qq.example@evil.example/", "", ""},
      {"a backslash ends the host", "https://evil.example\\.qq.example/", "", ""},
  };
  for (const Row& row : table) {
    const Classifier::Owner owner = classifier.owner_of(row.url);
    EXPECT_EQ(owner.host, row.host) << row.why;
    EXPECT_EQ(owner.platform, row.platform) << row.why;
  }
}

TEST(PlatformOfLink, ShapesBeforeDomains) {
  const Classifier classifier = world();
  const std::pair<const char*, const char*> table[] = {
      {"https://taobao.example/idle/1", "xianyu"},
      {"https://taobao.example/item", "taobao"},
      {"https://goofish.example/", "xianyu"},
      {"https://short.example/idle?id=1", "xianyu"},  // on no domain, but of its shape
      {"https://qq.example/", ""},
      {"", ""},
  };
  for (const auto& [url, expected] : table) EXPECT_EQ(classifier.platform_of_link(url), expected) << url;
}

TEST(IsPageOf, SharedDomainIsEveryOwners) {
  const Classifier classifier = world();
  EXPECT_TRUE(classifier.is_page_of("https://taobao.example/item", "xianyu"));
  EXPECT_TRUE(classifier.is_page_of("https://taobao.example/item", "taobao"));
  EXPECT_TRUE(classifier.is_page_of("https://both.example/", "taobao"));
  EXPECT_FALSE(classifier.is_page_of("https://goofish.example/", "taobao"));
  EXPECT_FALSE(classifier.is_page_of("https://other.example/", "taobao"));
  EXPECT_FALSE(classifier.is_page_of("https://taobao.example/item", ""));
}

TEST(Owners, BadShapeIsRefusedWithItsPlatform) {
  Knowledge world;
  world.platforms = {platform("taobao", {}, {"("})};
  try {
    const Classifier classifier(std::move(world));
    ADD_FAILURE();
  } catch (const std::invalid_argument& error) {
    EXPECT_NE(std::string(error.what()).find("taobao"), std::string::npos);
  }
}

}  // namespace
}  // namespace linkaudit::probes

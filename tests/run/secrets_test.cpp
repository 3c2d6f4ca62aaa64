#include "audit/run/secrets.h"

#include <gtest/gtest.h>

#include "audit/run/head_mask.h"

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
      {"http://127.0.0.1\\@a.example/", "http://127.0.0.1\\@a.example/"},
      {"http://127.0.0.1:80\\@a.example/", "http://127.0.0.1:80\\@a.example/"},
      {"http://user:pass\\@a.example/", "http://user:***@a.example/"},
      {"https://a.example/p?mail=me@b.example", "https://a.example/p?mail=me@b.example"},
      {"https://a.example/p#access=1&token=abc", "https://a.example/p#access=1&token=***"},
      {"https://gate.example/?url=https%3A%2F%2Fa.example%2F%3Ftoken%3Dabc%26id%3D1&z=1",
       "https://gate.example/?url=https%3A%2F%2Fa.example%2F%3Ftoken%3D***%26id%3D1&z=1"},
      {"https://g.example/?u=https%253A%252F%252Fa.example%253Fsid%253Da%2525262b%2526id%253D1",
       "https://g.example/?u=https%253A%252F%252Fa.example%253Fsid%253D***%2526id%253D1"},
      {"https://a.example/?token=a%26b%23c&id=1", "https://a.example/?token=***&id=1"},
      {"https://a.example/?v=http%3A%2F%2Fu%3Ahush%40h%2F", "https://a.example/?v=http%3A%2F%2Fh%2F"},
      {"https://a.example/?v=http://u%3Ahush%40h/", "https://a.example/?v=http://h/"},
      {"https://a.example/?v=http://u:hush%40h/", "https://a.example/?v=http://h/"},
      {"https://a.example/?v=http://u%3Ahu&sh%40h/", "https://a.example/?v=http://u%3Ahu&sh%40h/"},
      {"https://a.example/?v=http%3A%2F%2Fu%253Ahush%2540h%2F", "https://a.example/?v=http%3A%2F%2Fh%2F"},
      {"https://a.example/?v=http://h&mail=me%40b.example", "https://a.example/?v=http://h&mail=me%40b.example"},
      {"https://a.example/?mail=me%40b.example", "https://a.example/?mail=me%40b.example"},
      {"https://a.example/?%", "https://a.example/?%"},
      {"https://a.example/?%25", "https://a.example/?%25"},
      {"", ""},
  };
  for (const Masked& row : table) EXPECT_EQ(mask_url(row.given, {"token", "sid"}), row.shown);
}

TEST(Secrets, NamesOfParametersAreMatchedDecodedAndByTheirLastWords) {
  const std::vector<std::string> names = {"token", "password", "pwd", "api_key", "key", "sig", "code", "auth", "v2"};
  for (const char* name : {"pass%77ord",  "to%6ben",     "%74oken",      "to%256ben",   "token[]",
                           "token%5B%5D", "token[0]",    "token%20",     "+token",      "%20token",
                           "my_token",    "my-token",    "user.token",   "user[token]", "user%5Btoken%5D",
                           "authToken",   "AccessToken", "userJWTToken", "TOKEN",       "my_api_key",
                           "myApiKey",    "user_pwd",    "key",          "KEY",         "key[]",
                           "sig",         "code",        "auth",         "v2",          "v2[1]"}) {
    const std::string url = std::string("https://a.example/?a=1&") + name + '=';
    EXPECT_EQ(mask_url(url + "hush&b=2", names), url + "***&b=2") << name;
  }
  for (const char* name : {"tokenizer",  "tokens",    "codes",    "post_code",    "signal",   "itemid", "keyword",
                           "monkey",     "monKey",    "item_key", "design",       "with_sig", "author", "need_auth",
                           "token_type", "tokenType", "mytoken",  "passwordless", "token.x",  "token2", "v",
                           "%",          "%74",       "",         "[]",           "+"}) {
    const std::string url = std::string("https://a.example/?a=1&") + name + "=shown&b=2";
    EXPECT_EQ(mask_url(url, names), url) << name;
  }
}

TEST(Secrets, CredentialsAndCookiesOfAHeaderBlockAreMasked) {
  const Masked table[] = {
      {"GET /p?token=abc HTTP/1.1\r\nHost: a\r\n\r\n", "GET /p?token=*** HTTP/1.1\r\nHost: a\r\n\r\n"},
      {"GET /x?v=http%3A%2F%2Fu%3Ahush%40h%2F HTTP/1.1\r\n\r\n", "GET /x?v=http%3A%2F%2Fh%2F HTTP/1.1\r\n\r\n"},
      {"GET /x?v=http%253A%252F%252Fu%253Ahush%2540h HTTP/1.1\r\n\r\n",
       "GET /x?v=http%253A%252F%252Fh HTTP/1.1\r\n\r\n"},
      {"GET /x?to%6ben=hush HTTP/1.1\r\n\r\n", "GET /x?to%6ben=*** HTTP/1.1\r\n\r\n"},
      {"HTTP/1.1 200 OK\r\nLink: <http://u:hush@h/?sid=hush>; rel=next\r\n",
       "HTTP/1.1 200 OK\r\nLink: <http://h/?sid=***>; rel=next\r\n"},
      {"GET / HTTP/1.1\r\nCookie: a=hush; path=hush; hush\r\n\r\n",
       "GET / HTTP/1.1\r\nCookie: a=***; path=***; ***\r\n\r\n"},
      {"GET / HTTP/1.1\r\nAUTHORIZATION:Basic hush\r\n\r\n", "GET / HTTP/1.1\r\nAUTHORIZATION: ***\r\n\r\n"},
      {"GET / HTTP/1.1\r\nX-Api-Key: hush\r\nX-Auth-Token: hush\r\n\r\n",
       "GET / HTTP/1.1\r\nX-Api-Key: ***\r\nX-Auth-Token: ***\r\n\r\n"},
      {"GET / HTTP/1.1\r\nProxy-Authorization : Basic\r\n hush\r\nA: b\r\n\r\n",
       "GET / HTTP/1.1\r\nProxy-Authorization : ***\r\n ***\r\nA: b\r\n\r\n"},
      {"HTTP/1.1 200 OK\r\nSet-Cookie: sid=hush=; Path=/; HttpOnly; Max-Age=3\r\nset-cookie: hush\r\n\r\n",
       "HTTP/1.1 200 OK\r\nSet-Cookie: sid=***; Path=/; HttpOnly; Max-Age=3\r\nset-cookie: ***\r\n\r\n"},
      {"HTTP/1.1 200 OK\r\nSet-Cookie: sid=hu\r\n\tsh; Path=/\r\n\r\n",
       "HTTP/1.1 200 OK\r\nSet-Cookie: sid=***\r\n ***; Path=/\r\n\r\n"},
      {"HTTP/1.1 302 Found\r\nLocation: /next?sid=hush&a=1\r\n\r\n",
       "HTTP/1.1 302 Found\r\nLocation: /next?sid=***&a=1\r\n\r\n"},
      {"HTTP/1.1 302 Found\r\nLocation: http://u:pw@other.test/x?sid=hush\r\n\r\n",
       "HTTP/1.1 302 Found\r\nLocation: http://other.test/x?sid=***\r\n\r\n"},
      {"HTTP/1.1 200 OK\r\nLink: </a?sid=hush>; rel=next\r\n", "HTTP/1.1 200 OK\r\nLink: </a?sid=***>; rel=next\r\n"},
      {"HTTP/1.1 401 No\r\nWWW-Authenticate: Bearer realm=\"x\", error=\"invalid\"\r\n",
       "HTTP/1.1 401 No\r\nWWW-Authenticate: Bearer realm=\"x\", error=\"invalid\"\r\n"},
      {"HTTP/1.1 401 No\r\nWWW-Authenticate: Bearer token=\"hush\", realm=\"x\"\r\n",
       "HTTP/1.1 401 No\r\nWWW-Authenticate: Bearer token=\"***\", realm=\"x\"\r\n"},
      {"HTTP/1.1 401 No\r\nWWW-Authenticate: Basic realm=\"a shop\"\r\n",
       "HTTP/1.1 401 No\r\nWWW-Authenticate: Basic realm=\"a shop\"\r\n"},
      {"HTTP/1.1 200 OK\r\nX-Echo: Bearer hush1234hush\r\nX-Was: Basic aHVzaDpodXNo\r\n",
       "HTTP/1.1 200 OK\r\nX-Echo: Bearer ***\r\nX-Was: Basic ***\r\n"},
      {"HTTP/1.1 200 OK\r\nAuthentication-Info: nextnonce=\"hush\"\r\nX-CSRF: hush\r\nX-XSRF-Id: hush\r\n",
       "HTTP/1.1 200 OK\r\nAuthentication-Info: ***\r\nX-CSRF: ***\r\nX-XSRF-Id: ***\r\n"},
      {"HTTP/1.1 200 OK\nSet-Cookie: a=hush\n\n", "HTTP/1.1 200 OK\nSet-Cookie: a=***\n\n"},
      {"HTTP/1.1 200 OK\r\nSet-Cookie: a=hush", "HTTP/1.1 200 OK\r\nSet-Cookie: a=***"},
      {"Cookie: GET", "Cookie: GET"},  // a first line is none of the fields
      {"", ""},
  };
  HeadMask mask({"token", "sid"});
  for (int times = 0; times < 2; ++times) {  // the second time from memory
    for (const Masked& row : table) EXPECT_EQ(mask(row.given), row.shown);
  }
}

TEST(Secrets, HeadsAreMaskedAlikeHoweverManyCameBefore) {
  HeadMask mask({"token"});
  const std::string cookie = "Cookie: a=hush\r\n b=hush\r\n", long_line = "X: " + std::string(5000, 'x');
  for (int number = 0; number < 2000; ++number) {
    const std::string named = "X-Own: " + std::to_string(number) + "&token=";
    EXPECT_EQ(mask("GET / HTTP/1.1\r\n" + named + "hush\r\n" + cookie),
              "GET / HTTP/1.1\r\n" + named + "***\r\nCookie: a=***\r\n b=***\r\n");
    EXPECT_EQ(mask("\r\n" + long_line + std::to_string(number)), "\r\n" + long_line + std::to_string(number));
  }
}

TEST(Secrets, HeadWithoutAnyStaysByteForByte) {
  const std::string head = "HTTP/1.1 200 OK\r\nDate: x\r\n folded\r\nbroken\r\n: none\r\nX:\r\n\r\n";
  EXPECT_EQ(HeadMask({"token"})(head), head);
}

TEST(Secrets, EveryUrlOfAnObservationIsMasked) {
  probes::Observation seen;
  const std::string secret = "https://a.example/?sid=hush";
  seen.url = secret;
  seen.hops.push_back({.url = secret});
  seen.page = probes::Page{.final_url = secret};
  seen.facts["target"] = secret;
  seen.earlier.push_back({{}, secret, "", {}});
  seen.control = probes::ControlResult{};
  seen.control->hops.push_back({.url = secret});
  seen.control->page = probes::Page{.final_url = secret};
  mask(seen, {"sid"});
  const std::string shown = "https://a.example/?sid=***";
  EXPECT_EQ(seen.url, shown);
  EXPECT_EQ(seen.hops[0].url, shown);
  EXPECT_EQ(seen.page->final_url, shown);
  EXPECT_EQ(seen.facts["target"], shown);
  EXPECT_EQ(seen.earlier[0].url, shown);
  EXPECT_EQ(seen.control->hops[0].url, shown);
  EXPECT_EQ(seen.control->page->final_url, shown);
}

}  // namespace
}  // namespace linkaudit::run

// What persons type: secrets in it are masked, and nothing else is.
#include <gtest/gtest.h>

#include <random>

#include "audit/catalog/load.h"
#include "audit/run/secrets.h"

namespace linkaudit::run {
namespace {

const std::vector<std::string>& built_in() {
  static const std::vector<std::string> names = catalog::load({}).value().secret_parameters;
  return names;
}

std::string masked(std::string_view text) {
  return mask_words(text, built_in());
}

TEST(SecretWords, AreMaskedWhereverTheyStand) {
  const struct {
    const char *typed, *stored;
  } table[] = {
      // URLs within a text
      {"seen at https://me:hush@a.example/p today", "seen at https://a.example/p today"},
      {"https://me:hush@a.example/?token=hush&id=1, then https://b:hush@c.example",
       "https://a.example/?token=***&id=1, then https://c.example"},
      {"ftp://me:hu/sh@a.example/", "ftp://a.example/"},
      {"https://a.example/?u=https%3A%2F%2Fme%3Ahush%40b.example%2F%3Fsid%3Dhush%26id%3D1",
       "https://a.example/?u=https%3A%2F%2Fb.example%2F%3Fsid%3D***%26id%3D1"},
      {"打开https://a.example/?token=hush，然后看到商品页", "打开https://a.example/?token=***，然后看到商品页"},
      {"见（https://a.example/?sid=hush）。", "见（https://a.example/?sid=***）。"},
      {"https://a.example/?session_id=hush&sessionid=hush&accessToken=hush&refresh_token=hush&id_token=hush&id=7",
       "https://a.example/?session_id=***&sessionid=***&accessToken=***&refresh_token=***&id_token=***&id=7"},
      {"https://a.example/?sig=hush&signature=hush&apikey=hush&api_key=hush&client_secret=hush&jwt=hush&auth=hush",
       "https://a.example/?sig=***&signature=***&apikey=***&api_key=***&client_secret=***&jwt=***&auth=***"},
      {"https://a.example/?X-Amz-Signature=hush&X-Amz-Date=20220127",
       "https://a.example/?X-Amz-Signature=***&X-Amz-Date=20220127"},
      // header fields
      {"Authorization: Bearer hush", "Authorization: ***"},
      {"authorization: Basic aHVzaDpodXNo\nnext line", "authorization: ***\nnext line"},
      {"Proxy-Authorization : Digest username=\"me\", response=\"hush\"", "Proxy-Authorization : ***"},
      {"Cookie: sid=hush; b=hush\r\nHost: a.example", "Cookie: ***\r\nHost: a.example"},
      {"it sent Set-Cookie: SESSION=hush; Path=/", "it sent Set-Cookie: ***"},
      {"curl -H 'Cookie: a=hush; b=hush' -H \"X-Api-Key: hush\" https://a.example/",
       "curl -H 'Cookie: ***' -H \"X-Api-Key: ***\" https://a.example/"},
      {"with Bearer hushhush it opened", "with Bearer *** it opened"},
      {"with bearer hush1234hush it opened", "with bearer *** it opened"},
      {"Basic aHVzaDpodXNo worked", "Basic *** worked"},
      {"eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJodXNoIn0.c2ln was shown", "*** was shown"},
      // names with values
      {"password=hush", "password=***"},
      {"logged in with password: hush, then out", "logged in with password: ***, then out"},
      {"pwd：hush。", "pwd：***。"},
      {"账号 test，密码：hush，打开正常", "账号 test，密码：***，打开正常"},
      {"密码是空的，登录密码:hush", "密码是空的，登录密码:***"},
      {"passwd = 'hush hush' ok", "passwd = '***' ok"},
      {"token=hush;id=1", "token=***;id=1"},
      {"token: Bearer hush", "token: ***"},
      {"Refresh-Token: hush", "Refresh-Token: ***"},
      {"{\"token\":\"hush\",\"id\":1}", "{\"token\":\"***\",\"id\":1}"},
      {"{\"user\": {\"password\" : \"hu\\\"sh\"}, \"key\": \"hush\"}",
       "{\"user\": {\"password\" : \"***\"}, \"key\": \"***\"}"},
      {"{\\\"client_secret\\\":\\\"hush\\\",\\\"id\\\":1}", "{\\\"client_secret\\\":\\\"***\\\",\\\"id\\\":1}"},
      {"{'session': 'hush'}", "{'session': '***'}"},
      {"\"tokens\": {\"access_token\": [\"hush\"]}", "\"tokens\": {\"access_token\": [\"***\"]}"},
      {"config.token=hush", "config.token=***"},
      {"key=hush", "key=***"},
      {"key: AKIAHUSH12345678HUSH", "key: ***"},
      {"password=>hush", "password=>***"},
  };
  for (const auto& row : table) EXPECT_EQ(masked(row.typed), row.stored);
}

TEST(SecretWords, InnocentOnesStayAsTheyWereTyped) {
  const char* table[] = {
      "the token page",
      "密码页面",
      "输入密码后仍然无法打开",
      "code 302",
      "code: 302, then code=404",
      "error code: E1001",
      "The outcome was text_token: the link became 口令.",
      "text_token=1",
      "ticket: OPS-4711",
      "Ticket: 12345",
      "key: the page opened at once",
      "The key question: who blocks it?",
      "a bearer token was asked for",
      "Bearer authentication was asked for",
      "the bearer of bad news",
      "Basic info page",
      "Basic authentication",
      "Basic JavaScript page",
      "cookies were refused",
      "a cookie banner",
      "authorization was asked for",
      "passwords: none of them",
      "session expired",
      "the sign said 12:30",
      "WeChat 8.0.47 (iOS 17.2)",
      "sid",
      "token",
      "https://item.taobao.com/item.htm?id=1&spm=a230r.1.14#detail",
      "https://a.example:8443/p@q?mail=me@b.example",
      "mail me@b.example, https://b.example/@user",
      "https://a.example/?code=302&state=1&sign_in=1",
      "时间：12:30，结果：直接打开",
      "https://a.example/a/token/b",
      "token://a",
      "monkey=1; tokens=2; turkey: 3",
      "10:30 opened; 10:31 blocked",
      "Access-Control-Allow-Headers: x",
      "",
      " ",
      ":",
      "=",
      "::=",
      "\xef\xbc",
      "password:",
      "password: ",
      "token=",
      "Cookie:",
      "Bearer",
      "Bearer ",
      "eyJ",
      "http://",
      "://",
  };
  for (const char* text : table) EXPECT_EQ(masked(text), text);
}

// Texts of pieces that matter to one mask or another, in any order.
std::string text_of_pieces(std::mt19937& random) {
  constexpr std::string_view pieces[] = {"token",     "password", "密码",    "key",  "Cookie", "Authorization",
                                         "Bearer",    "basic",    "eyJ",     ":",    "=",      "://",
                                         "//",        "@",        "?",       "&",    "#",      ";",
                                         "%3A%2F%2F", "%40",      "%3D",     "%26",  "%2526",  "%",
                                         "\"",        "'",        "\\",      "\\\"", " ",      "\t",
                                         "\n",        ",",        ".",       "***",  "hush",   "a1B2c3D4e5F6g7H8",
                                         "https",     "：",       "＝",      "，",   "(",      ")",
                                         "{",         "[",        "-",       "_",    "/",      "a",
                                         "7",         "\xef",     "\xe3\x80"};
  std::string text;
  for (auto count = random() % 14; count > 0; --count) text += pieces[random() % std::size(pieces)];
  return text;
}

TEST(SecretWords, MaskedAgainStayTheSame) {
  std::mt19937 random(20220127);
  for (int round = 0; round < 100'000; ++round) {
    const std::string text = text_of_pieces(random), once = masked(text);
    ASSERT_EQ(masked(once), once) << text;
  }
}

// A mask that looks back or ahead as far as it likes would take hours.
TEST(SecretWords, TakeTimeInProportionToTheText) {
  for (const std::string_view piece :
       {"token",         "token:",    "key:",    "key: ", "key:\"", "key:'\"", "'Cookie:'", "'Cookie:", "\"key\":[",
        "://",           "%3A%2F%2F", "://a:b/", "%25",   "%",      "eyJ",     "eyJ-",      "eyJ.",     "bearer ",
        "Bearer token ", "basic\t",   "=",       " ",     "\\\"",   "a",       "?token=",   "密码："}) {
    std::string text;
    while (text.size() < 300'000) text += piece;
    EXPECT_LE(masked(text).size(), text.size() * 3) << piece;
  }
}

TEST(SecretWords, OfAnAttestationAreMaskedInAllThatIsTyped) {
  probes::Observation seen;
  seen.method = "attestation";
  seen.observer = seen.client = seen.source = seen.note = "password=hush";
  seen.facts = {{"token", "hush"}, {"shown", "token: hush"}, {"color", "red"}};
  mask(seen, built_in());
  for (const std::string& text : {seen.observer, seen.client, seen.source, seen.note}) EXPECT_EQ(text, "password=***");
  const std::map<std::string, std::string> facts = {{"token", "***"}, {"shown", "token: ***"}, {"color", "red"}};
  EXPECT_EQ(seen.facts, facts);
}

TEST(SecretWords, OfARemarkAWaiverAndAnAnnotationAreMasked) {
  log::Remark remark;
  remark.owner = remark.text = "token=hush";
  mask(remark, built_in());
  EXPECT_EQ(remark.owner + remark.text, "token=***token=***");
  log::WaiverRecord waiver;
  waiver.justification = waiver.approver = "token=hush";
  mask(waiver, built_in());
  EXPECT_EQ(waiver.justification + waiver.approver, "token=***token=***");
  log::Annotation said;
  said.by = said.note = "token=hush";
  mask(said, built_in());
  EXPECT_EQ(said.by + said.note, "token=***token=***");
}

}  // namespace
}  // namespace linkaudit::run

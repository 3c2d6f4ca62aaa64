#include "probes/page/script_walk.h"

#include <re2/re2.h>

#include "probes/page/ascii.h"

namespace linkaudit::probes {
namespace {

// A function that runs by itself: "(function(){", "!function(){", "(()=>{", "window.onload=function(){",
// "setTimeout(function(){".
const RE2& self_running_function() {
  static const RE2 pattern(
      R"((?:[(!+~]\s*|void\s+|(?:window\.)?onload\s*=\s*|(?:window\.)?setTimeout\s*\(\s*)(?:async\s+)?)"
      R"((?:function\s*\w*\s*\([\w\s,$]{0,200}\)|\([\w\s,$]{0,200}\)\s*=>)\s*\{)");
  return pattern;
}

// What such a function's statement begins with.
bool may_begin_function(const ScriptToken& token) {
  if (token.kind == ScriptToken::Kind::identifier) {
    return is_one_of(token.text, {"void", "window", "onload", "setTimeout"});
  }
  return token.is('(') || token.is('!') || token.is('+') || token.is('~');
}

// Words after a dot that count, whatever the dot stands behind: `f(x).submit()`.
bool counts_behind_dot(std::string_view word) {
  return is_one_of(word, {"location", "submit", "click", "requestSubmit", "dispatchEvent", "innerHTML", "outerHTML",
                          "insertAdjacentHTML"});
}

// A word that nobody spells with \u... but to hide it.
bool hides_a_word(const ScriptToken& token) {
  const std::string word = string_value(token.text);
  return is_one_of(word, {"location", "window", "document", "self", "top", "parent", "globalThis", "eval", "Function",
                          "open", "href", "replace", "assign", "submit", "click", "write"});
}

// The word in `["word"]`, which stands for `.word`; "" when `rest`, behind the "[", goes on in another way.
std::string_view quoted_member(std::string_view rest) {
  if (rest.empty() || (rest.front() != '"' && rest.front() != '\'')) return {};
  std::size_t end = 1;
  while (end < rest.size() && (is_alpha(rest[end]) || is_digit(rest[end]) || rest[end] == '_')) ++end;
  const bool closed = end + 1 < rest.size() && rest[end] == rest.front() && rest[end + 1] == ']';
  return closed && !is_digit(rest[1]) ? rest.substr(1, end - 1) : std::string_view();
}

}  // namespace

std::string DottedName::text() const {
  std::string out;
  for (std::size_t at = begin_; at < end_; ++at) {
    if (at > begin_) out.push_back('.');
    out.append(words_[at]);
  }
  return out;
}

void ScriptWalk::run() {
  while (advance()) {
    if (place_.at_top() && may_begin_function(current_) &&
        place_.statement_begins(previous_, current_.newline_before) && enter_function()) {
      continue;
    }
    const bool inner = previous_.is_dot() && !counts_behind_dot(current_.text);
    if (current_.kind == ScriptToken::Kind::identifier && !inner) {
      read_name();
    } else {
      look_at_token();
      pass();
    }
  }
  if (written_.open()) findings_.suspected |= written_.leaves();
  findings_.suspected |= hands_on_ && sets_href_;
}

void ScriptWalk::pass() {
  place_.pass(current_, previous_);
  if (written_.open() && written_.ends_with(current_)) findings_.suspected |= written_.leaves();
}

// Reads the next token, unless one was read ahead.
bool ScriptWalk::advance() {
  if (!ahead_) {
    previous_ = current_;
    if (!tokens_.next(current_)) return false;
    if (current_.escaped) findings_.suspected |= hides_a_word(current_);
  }
  ahead_ = false;
  return true;
}

// From a token that was read ahead to the next, which then is; false at the end.
bool ScriptWalk::step() {
  ahead_ = false;
  ahead_ = advance();
  return ahead_;
}

// A function that runs by itself belongs to the top. Goes into it; false when the statement is none.
bool ScriptWalk::enter_function() {
  const char* const begin = current_.text.data();
  re2::StringPiece input(begin, static_cast<std::size_t>(script_.data() + script_.size() - begin));
  if (!RE2::Consume(&input, self_running_function())) return false;
  const std::string_view header(begin, static_cast<std::size_t>(input.data() - begin));
  tokens_.skip(header.size() - current_.text.size() - 1);  // the last "{" is left to the lexer, which counts braces
  tokens_.next(current_);
  place_.enter(header);
  return true;
}

// Adds the member that `[` or "." leads to; false when there is none.
bool ScriptWalk::add_member(DottedName& name) {
  if (current_.is('[')) {
    const std::string_view word = quoted_member(tokens_.rest());
    if (word.empty() || word == "location" || name.back() == "location") return false;
    name.add(word);
    return tokens_.next(current_) && tokens_.next(current_);  // the string and the "]"
  }
  if (!current_.is_dot() || !advance() || current_.kind != ScriptToken::Kind::identifier) return false;
  name.add(current_.text);
  return true;
}

// `a.b.c` and what follows it.
void ScriptWalk::read_name() {
  const ScriptToken before = previous_;
  const bool begins = place_.statement_begins(before, current_.newline_before);
  DottedName name;
  name.add(current_.text);
  bool more = true;
  while ((more = advance()) && add_member(name)) {
  }
  const bool of_document = name.size() > 1 && name[name.size() - 2] == "document";
  while (name.size() > 1 && is_one_of(name[0], {"window", "self", "top", "parent", "document", "globalThis"})) {
    name.drop_first();
  }
  if (name[0] == "return" || name[0] == "throw") place_.may_leave();
  if (!more) return;
  ahead_ = true;
  if (!begins_text(name, of_document)) read_use(name, before, begins);
}

// current_ is what follows the name.
void ScriptWalk::read_use(DottedName name, const ScriptToken& before, bool begins) {
  DottedName rest = name;
  while (rest.size() > 1 && rest[0] != "location") rest.drop_first();
  if (rest[0] == "location") {
    if (rest.size() < name.size()) return read_location_of_another(rest);
    read_location_as_value(name, before);
    return read_location(name, begins && place_.always_runs());
  }
  if (aliases_.any()) read_alias(name, before);
  const bool assigned = current_.is('=');
  if (assigned || current_.is(':')) bound_ = name.back();
  if (begins && name.size() == 2) {
    sets_href_ |= assigned ? name[1] == "href" : current_.is('(') && is_one_of(name[1], {"replace", "assign"});
  }
  makes_http_equiv_ |= name.back() == "httpEquiv";
  if (assigned && place_.at_top()) return read_assignment(name, begins);
  if (current_.is('(')) return read_call(name, before.is_dot() || name.size() > 1);
  const bool window = name.size() == 1 && is_one_of(name[0], {"window", "self", "top", "parent", "document", "this"});
  if (window && callee_ == Callee::sets && before.is('(')) callee_ = Callee::sets_of_window;
}

}  // namespace linkaudit::probes

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

// The name of a window that is this page's own, or holds it.
bool is_own_window(std::string_view name) {
  return equals_ignoring_case(name, "_self") || equals_ignoring_case(name, "_top") ||
         equals_ignoring_case(name, "_parent");
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
    const bool inner = previous_.is('.') && !current_.is_word("location") && !current_.is_word("submit");
    if (current_.kind == ScriptToken::Kind::identifier && !inner) {
      read_name();
      continue;
    }
    if (current_.is('[')) {
      index_ = previous_.kind == ScriptToken::Kind::identifier || previous_.is(')') || previous_.is(']');
    }
    const bool text = current_.kind == ScriptToken::Kind::string;
    if (text && index_ && previous_.is('[') && current_.text == "location") findings_.suspected = true;
    if (text && opens_window_ && previous_.is(',') && is_own_window(current_.text)) findings_.suspected = true;
    if (current_.is(';')) opens_window_ = false;
    pass();
  }
}

// Reads the next token, unless one was read ahead.
bool ScriptWalk::advance() {
  if (!ahead_) {
    previous_ = current_;
    if (!tokens_.next(current_)) return false;
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

// `a.b.c` and what follows it.
void ScriptWalk::read_name() {
  const bool begins = place_.statement_begins(previous_, current_.newline_before);
  DottedName name;
  name.add(current_.text);
  bool more = true;
  while ((more = advance()) && current_.is('.') && (more = advance()) &&
         current_.kind == ScriptToken::Kind::identifier) {
    name.add(current_.text);
  }
  const bool of_document = name.size() > 1 && name[name.size() - 2] == "document";
  while (name.size() > 1 && is_one_of(name[0], {"window", "self", "top", "parent", "document", "globalThis"})) {
    name.drop_first();
  }
  if (name[0] == "return" || name[0] == "throw") place_.may_leave();
  if (!more) return;
  ahead_ = true;
  if (of_document && name.size() == 1 && is_one_of(name[0], {"write", "writeln"}) && current_.is('(')) {
    return read_text_as_page();
  }
  read_use(name, begins);
}

// current_ is what follows the name.
void ScriptWalk::read_use(DottedName name, bool begins) {
  if (name[0] == "location") return read_location(name, begins && place_.always_runs());
  DottedName rest = name;
  while (rest.size() > 1 && rest[0] != "location") rest.drop_first();
  if (rest[0] == "location") return read_location_of_another(rest);
  if (current_.text == "=" && name.back() == "httpEquiv") return read_refresh_in_the_making();
  if (current_.text == "=" && place_.at_top()) return read_assignment(name, begins);
  if (current_.is('(')) read_leaving_call(name);
}

}  // namespace linkaudit::probes

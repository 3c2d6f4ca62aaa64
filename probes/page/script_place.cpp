#include "probes/page/script_place.h"

#include <algorithm>

namespace linkaudit::probes {
void ScriptPlace::pass(const ScriptToken& token, const ScriptToken& before) {
  if (token.kind != ScriptToken::Kind::punctuator || token.text.size() != 1) return;
  const char c = token.text.front();
  if (c == '(' || c == '[' || c == '{') open_bracket(c, before);
  if (c == ')' || c == ']' || c == '}') close_bracket(c == ')');
}

void ScriptPlace::open_bracket(char bracket, const ScriptToken& before) {
  if (bracket == '(' && before.kind == ScriptToken::Kind::identifier &&
      is_one_of(before.text, {"if", "while", "for", "with", "switch", "catch"})) {
    bracket = 'c';
  }
  // "(a) {" is the head of a function, with or without that word, unless it is one of those above.
  if (bracket == '{' && (before.text == "=>" || (before.is(')') && !condition_ended_))) bracket = 'f';
  if (bracket == 'f') ++functions_;
  brackets_.push_back(bracket);
}

void ScriptPlace::close_bracket(bool parenthesis) {
  if (brackets_.empty()) return;
  const char closed = brackets_.back();
  brackets_.pop_back();
  if (parenthesis) condition_ended_ = closed == 'c';
  if (closed == 'f') --functions_;
  if (closed == 'e') {
    lost_ = true;
    left_ = false;
  }
  if (!brackets_.empty()) return;
  lost_ = false;
  top_ = 0;
}

void ScriptPlace::may_leave() {
  if (!lost_ && functions_ == 0) left_ = true;
}

void ScriptPlace::enter(std::string_view header) {
  const auto count = [&](char c) { return static_cast<std::size_t>(std::count(header.begin(), header.end(), c)); };
  open(count('(') - count(')'));
  brackets_.push_back('e');
  top_ = brackets_.size();
}

bool ScriptPlace::statement_begins(const ScriptToken& before, bool newline) const {
  if (before.kind == ScriptToken::Kind::none || before.is(';') || before.is('}') || before.is('{')) return true;
  if (!newline) return false;
  if (before.is(')')) return !condition_ended_;
  if (before.kind == ScriptToken::Kind::identifier) {
    return !is_one_of(before.text, {"else", "do", "return", "var", "let", "const", "typeof", "new", "case", "in"});
  }
  return before.is(']') || before.kind == ScriptToken::Kind::string || before.kind == ScriptToken::Kind::number;
}

}  // namespace linkaudit::probes

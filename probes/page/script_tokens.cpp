#include "probes/page/script_tokens.h"

#include <algorithm>
#include <array>

#include "probes/page/ascii.h"

namespace linkaudit::probes {
namespace {

bool is_word_character(char c) {
  static constexpr auto kTable = [] {
    std::array<bool, 256> table{};
    for (std::size_t byte = 0; byte < 256; ++byte) {
      const char letter = static_cast<char>(byte);
      table[byte] = is_alpha(letter) || is_digit(letter) || letter == '_' || letter == '$' || byte >= 0x80;
    }
    return table;
  }();
  return kTable[static_cast<unsigned char>(c)];
}

}  // namespace

std::size_t ScriptTokens::end_of_line(std::size_t from) const {
  while (from < script_.size() && script_[from] != '\r' && script_[from] != '\n') ++from;
  return from;
}

// Skips white space and comments; true when a line ended among them.
bool ScriptTokens::skip_blanks() {
  bool newline = at_ == 0;
  while (at_ < script_.size()) {
    const char c = script_[at_];
    if (is_space(c) || c == '\v' || c == '\0') {
      newline = newline || c == '\n' || c == '\r';
      ++at_;
      continue;
    }
    if (c != '/' && c != '<' && c != '-') break;
    const std::string_view here = script_.substr(at_);
    if (here.starts_with("//") || here.starts_with("<!--") || (newline && here.starts_with("-->"))) {
      at_ = end_of_line(at_);
    } else if (here.starts_with("/*")) {
      const std::size_t end = script_.find("*/", at_ + 2);
      const std::string_view comment = here.substr(0, end == std::string_view::npos ? end : end - at_);
      newline = newline || comment.find('\n') != std::string_view::npos;
      at_ = end == std::string_view::npos ? script_.size() : end + 2;
    } else {
      break;
    }
  }
  return newline;
}

bool ScriptTokens::regex_may_begin() const {
  constexpr std::array<std::string_view, 9> kKeywords = {"return", "typeof", "case",  "in",  "of",
                                                         "delete", "void",   "throw", "else"};
  switch (last_.kind) {
    case ScriptToken::Kind::none: return true;
    case ScriptToken::Kind::punctuator: return !last_.is(')') && !last_.is(']') && !last_.is('}');
    case ScriptToken::Kind::identifier:
      return std::find(kKeywords.begin(), kKeywords.end(), last_.text) != kKeywords.end();
    default: return false;
  }
}

bool ScriptTokens::next(ScriptToken& token) {
  token = {};
  token.newline_before = skip_blanks();
  if (at_ >= script_.size()) return false;
  const char c = script_[at_];
  if (is_word_character(c)) {
    const std::size_t begin = at_;
    while (at_ < script_.size() && is_word_character(script_[at_])) ++at_;
    token.kind = is_digit(c) ? ScriptToken::Kind::number : ScriptToken::Kind::identifier;
    token.text = script_.substr(begin, at_ - begin);
  } else if (c == '"' || c == '\'') {
    ++at_;
    read_string(token, c);
  } else if (c == '`' || (c == '}' && !templates_.empty() && templates_.back() == braces_)) {
    ++at_;
    token.computed = c == '}';
    if (token.computed) templates_.pop_back();
    read_template(token);
  } else if (c == '/' && regex_may_begin()) {
    read_regex(token);
  } else {
    read_punctuator(token);
  }
  last_ = token;
  return true;
}

// A string that is not closed ends with its line: then the script is broken anyway.
void ScriptTokens::read_string(ScriptToken& token, char quote) {
  const std::size_t begin = at_;
  while (at_ < script_.size() && script_[at_] != quote && script_[at_] != '\n') at_ += script_[at_] == '\\' ? 2 : 1;
  at_ = std::min(at_, script_.size());
  token.kind = ScriptToken::Kind::string;
  token.text = script_.substr(begin, at_ - begin);
  if (at_ < script_.size()) ++at_;
}

void ScriptTokens::read_template(ScriptToken& token) {
  const std::size_t begin = at_;
  token.kind = ScriptToken::Kind::string;
  while (at_ < script_.size() && script_[at_] != '`') {
    if (script_[at_] == '$' && at_ + 1 < script_.size() && script_[at_ + 1] == '{') {
      token.computed = true;
      token.text = script_.substr(begin, at_ - begin);
      at_ += 2;
      templates_.push_back(braces_);
      return;
    }
    at_ += script_[at_] == '\\' ? 2 : 1;
  }
  at_ = std::min(at_, script_.size());
  token.text = script_.substr(begin, at_ - begin);
  if (at_ < script_.size()) ++at_;
}

void ScriptTokens::read_regex(ScriptToken& token) {
  const std::size_t begin = at_++;
  bool in_class = false;
  while (at_ < script_.size() && script_[at_] != '\n' && (in_class || script_[at_] != '/')) {
    if (script_[at_] == '[') in_class = true;
    if (script_[at_] == ']') in_class = false;
    at_ += script_[at_] == '\\' ? 2 : 1;
  }
  at_ = std::min(at_ + 1, script_.size());
  token.kind = ScriptToken::Kind::regex;
  token.text = script_.substr(begin, at_ - begin);
}

void ScriptTokens::read_punctuator(ScriptToken& token) {
  const std::size_t begin = at_;
  const char c = script_[at_++];
  if (c == '=' || c == '!') {
    while (at_ < script_.size() && (script_[at_] == '=' || (c == '=' && script_[at_] == '>'))) ++at_;
  }
  if (c == '{') ++braces_;
  if (c == '}' && braces_ > 0) --braces_;
  token.kind = ScriptToken::Kind::punctuator;
  token.text = script_.substr(begin, at_ - begin);
}

}  // namespace linkaudit::probes

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

// How many bytes a white space character or a line terminator beyond ASCII takes (ECMAScript, sections 12.2 and 12.3);
// 0 for all others.
std::size_t wide_blank(std::string_view text) {
  switch (static_cast<unsigned char>(text.front())) {
    case 0xC2: return text.starts_with("\xC2\xA0") ? 2 : 0;
    case 0xE1: return text.starts_with("\xE1\x9A\x80") ? 3 : 0;
    case 0xE3: return text.starts_with("\xE3\x80\x80") ? 3 : 0;
    case 0xEF: return text.starts_with("\xEF\xBB\xBF") ? 3 : 0;
    case 0xE2: break;
    default: return 0;
  }
  if (text.starts_with("\xE2\x81\x9F")) return 3;
  if (!text.starts_with("\xE2\x80") || text.size() < 3) return 0;
  const auto last = static_cast<unsigned char>(text[2]);
  return last <= 0x8A || last == 0xA8 || last == 0xA9 || last == 0xAF ? 3 : 0;
}

bool is_wide(char c) {
  return static_cast<unsigned char>(c) >= 0x80;
}

bool begins_with_line_end(std::string_view text) {
  return text.front() == '\n' || text.front() == '\r' || text.starts_with("\xE2\x80\xA8") ||
         text.starts_with("\xE2\x80\xA9");
}

bool holds_line_end(std::string_view text) {
  return text.find('\n') != std::string_view::npos || text.find('\r') != std::string_view::npos ||
         text.find("\xE2\x80\xA8") != std::string_view::npos || text.find("\xE2\x80\xA9") != std::string_view::npos;
}

// How many characters of a punctuator follow its first: "+=", "?.", "||=" and their like.
std::size_t more_of_punctuator(std::string_view text) {
  const char c = text.front();
  if (text.size() < 3 || (c != '+' && c != '?' && c != '|' && c != '&')) return 0;
  if (c == '+') return text[1] == '=' ? 1 : 0;
  if (text[1] == c) return text[2] == '=' ? 2 : 0;
  return c == '?' && text[1] == '.' && !is_digit(text[2]) ? 1 : 0;
}

}  // namespace

std::size_t ScriptTokens::end_of_line(std::size_t from) const {
  const auto goes_on = [](char c) { return c != '\n' && c != '\r' && c != '\xE2'; };
  while (from < script_.size() && (goes_on(script_[from]) || !begins_with_line_end(script_.substr(from)))) ++from;
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
    const bool wide = is_wide(c);
    if (!wide && c != '/' && c != '<' && c != '-') break;
    const std::string_view here = script_.substr(at_);
    if (const std::size_t size = wide ? wide_blank(here) : 0; size > 0) {
      newline = newline || begins_with_line_end(here);
      at_ += size;
      continue;
    }
    if (here.starts_with("//") || here.starts_with("<!--") || (newline && here.starts_with("-->"))) {
      at_ = end_of_line(at_);
    } else if (here.starts_with("/*")) {
      const std::size_t end = script_.find("*/", at_ + 2);
      const std::string_view comment = here.substr(0, end == std::string_view::npos ? end : end - at_);
      newline = newline || holds_line_end(comment);
      at_ = end == std::string_view::npos ? script_.size() : end + 2;
    } else {
      break;
    }
  }
  return newline;
}

bool ScriptTokens::regex_may_begin() const {
  switch (last_.kind) {
    case ScriptToken::Kind::none: return true;
    case ScriptToken::Kind::punctuator: return !last_.is(')') && !last_.is(']') && !last_.is('}');
    case ScriptToken::Kind::identifier:
      return is_one_of(last_.text, {"return", "typeof", "case", "in", "of", "delete", "void", "throw", "else"});
    default: return false;
  }
}

bool ScriptTokens::next(ScriptToken& token) {
  token = {};
  token.newline_before = skip_blanks();
  if (at_ >= script_.size()) return false;
  const char c = script_[at_];
  if (is_word_character(c) || (c == '\\' && script_.substr(at_, 2) == "\\u")) {
    read_identifier(token);
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

// ... or a number.
void ScriptTokens::read_identifier(ScriptToken& token) {
  const std::size_t begin = at_;
  for (; at_ < script_.size(); ++at_) {
    const char c = script_[at_];
    if (is_wide(c) && wide_blank(script_.substr(at_)) > 0) break;
    if (is_word_character(c)) continue;
    if (c != '\\' || script_.substr(at_, 2) != "\\u") break;
    token.escaped = true;
    const bool in_braces = script_.substr(at_ + 2, 1) == "{";
    if (const std::size_t end = script_.substr(at_, 12).find('}'); in_braces && end != std::string_view::npos)
      at_ += end;
  }
  token.kind = is_digit(script_[begin]) ? ScriptToken::Kind::number : ScriptToken::Kind::identifier;
  token.text = script_.substr(begin, at_ - begin);
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
  const std::size_t more = more_of_punctuator(script_.substr(at_));
  const char c = script_[at_++];
  if (c == '=' || c == '!') {
    while (at_ < script_.size() && (script_[at_] == '=' || (c == '=' && script_[at_] == '>'))) ++at_;
  }
  at_ += more;
  if (c == '{') ++braces_;
  if (c == '}' && braces_ > 0) --braces_;
  token.kind = ScriptToken::Kind::punctuator;
  token.text = script_.substr(begin, at_ - begin);
}

}  // namespace linkaudit::probes

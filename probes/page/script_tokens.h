// JavaScript cut into tokens, as far as reading plain statements needs it. Nothing is executed.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "probes/page/ascii.h"

namespace linkaudit::probes {

struct ScriptToken {
  enum class Kind { none, identifier, string, number, regex, punctuator };

  Kind kind = Kind::none;
  std::string_view text;        // as written; a string without its quotes
  bool newline_before = false;  // a statement may end without ";" there
  bool computed = false;        // a template literal with ${...} in it, or a piece of one
  bool escaped = false;         // an identifier with \u... in it

  bool is(char punctuator) const { return kind == Kind::punctuator && text.size() == 1 && text.front() == punctuator; }
  bool is_dot() const { return is('.') || (kind == Kind::punctuator && text == "?."); }
  bool is_word(std::string_view word) const { return kind == Kind::identifier && text == word; }
};

// One pass, no recursion; the script must outlive the tokens. Whether "/" begins a regular expression is told by the
// token before it. "==", "=>", "+=", "?.", "||=" and their like are one token, all other punctuators single characters.
class ScriptTokens {
 public:
  explicit ScriptTokens(std::string_view script) : script_(script) {}

  bool next(ScriptToken& token);

  std::string_view rest() const { return script_.substr(at_); }  // behind the last token
  void skip(std::size_t characters) { at_ += characters; }       // of rest(), which must hold no "}"

 private:
  bool skip_blanks();
  void read_identifier(ScriptToken& token);
  std::size_t end_of_line(std::size_t from) const;
  bool regex_may_begin() const;
  void read_string(ScriptToken& token, char quote);
  void read_template(ScriptToken& token);
  void read_regex(ScriptToken& token);
  void read_punctuator(ScriptToken& token);

  std::string_view script_;
  std::size_t at_ = 0;
  ScriptToken last_;
  std::size_t braces_ = 0;
  std::vector<std::size_t> templates_;  // brace depths at which a ${...} ends
};

// The value of a string literal's inside: escapes decoded, surrogate pairs joined, lone halves U+FFFD.
std::string string_value(std::string_view literal);

}  // namespace linkaudit::probes

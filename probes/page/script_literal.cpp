#include "probes/page/script_json.h"

namespace linkaudit::probes {
namespace {

constexpr std::size_t kDeepestLiteral = 64;

class LiteralReader {
 public:
  LiteralReader(char first, JsonNames& names) : names_(names) { open(first); }

  // False when the token fits no data.
  bool add(const ScriptToken& token) {
    if (token.computed) return false;
    if (expected_ == Expected::more_number && add_to_number(token)) return true;
    switch (expected_) {
      case Expected::key: return add_key(token);
      case Expected::colon: expected_ = Expected::value; return token.is(':');
      case Expected::value: return add_value(token);
      case Expected::negated: return add_negated(token);
      case Expected::number: return token.kind == ScriptToken::Kind::number && add_to_number(token);
      case Expected::more_number: end_number(); break;
      case Expected::comma: break;
    }
    return add_behind_value(token);
  }
  std::size_t depth() const { return brackets_.size(); }

 private:
  // number: behind a minus; negated: behind a "!"; more_number: "1.5" comes as three tokens.
  enum class Expected { key, colon, value, number, more_number, negated, comma };

  void open(char bracket) {
    brackets_.push_back(bracket);
    names_.start(bracket == '[');
    expected_ = bracket == '{' ? Expected::key : Expected::value;
  }

  bool close(const ScriptToken& token) {
    if (!token.is(brackets_.back() == '{' ? '}' : ']')) return false;
    brackets_.pop_back();
    names_.end();
    expected_ = Expected::comma;
    return true;
  }

  bool add_key(const ScriptToken& token) {
    expected_ = Expected::colon;
    switch (token.kind) {
      case ScriptToken::Kind::string: add_string_key(token.text); return true;
      case ScriptToken::Kind::identifier:
      case ScriptToken::Kind::number: names_.key(token.text); return true;
      default: return close(token);  // of an empty object, or behind a trailing comma
    }
  }

  void add_string_key(std::string_view literal) {
    const bool plain = literal.find('\\') == std::string_view::npos;
    plain ? names_.key(literal) : names_.key(string_value(literal));
  }

  bool add_value(const ScriptToken& token) {
    expected_ = Expected::comma;
    switch (token.kind) {
      case ScriptToken::Kind::string: add_string(token.text); return true;
      case ScriptToken::Kind::number: return add_to_number(token);
      case ScriptToken::Kind::identifier: return add_word(token.text);
      default: break;
    }
    if (token.is('{') || token.is('[')) {
      open(token.text.front());
      return true;
    }
    if (token.is('-') || token.is('!')) {
      if (token.is('-')) number_.push_back('-');
      expected_ = token.is('-') ? Expected::number : Expected::negated;
      return true;
    }
    return brackets_.back() == '[' && close(token);
  }

  void add_string(std::string_view literal) {
    if (literal.find('\\') == std::string_view::npos) {
      names_.string(literal, InlineData::Written::plainly);
    } else {
      names_.string(string_value(literal), InlineData::Written::encoded);
    }
  }

  bool add_word(std::string_view word) {
    const bool nothing = word == "null" || word == "undefined";
    if (!nothing && word != "true" && word != "false") return false;
    names_.plain(nothing ? "" : word);
    return true;
  }

  // Minified scripts write !0 and !1.
  bool add_negated(const ScriptToken& token) {
    expected_ = Expected::comma;
    if (token.text != "0" && token.text != "1") return false;
    names_.plain(token.text == "0" ? "true" : "false");
    return true;
  }

  bool add_to_number(const ScriptToken& token) {
    const bool fraction = token.is('.') && number_.find('.') == std::string::npos;
    const bool digits = token.kind == ScriptToken::Kind::number && (number_.empty() || !is_digit_last());
    if (!fraction && !digits) return false;
    number_ += token.text;
    expected_ = Expected::more_number;
    return true;
  }
  bool is_digit_last() const { return number_.back() != '-' && number_.back() != '.'; }

  void end_number() {
    names_.plain(number_);
    number_.clear();
    expected_ = Expected::comma;
  }

  bool add_behind_value(const ScriptToken& token) {
    if (!token.is(',')) return close(token);
    expected_ = brackets_.back() == '{' ? Expected::key : Expected::value;
    return true;
  }

  JsonNames& names_;
  std::string brackets_;
  std::string number_;
  Expected expected_ = Expected::value;
};

}  // namespace

bool read_literal(ScriptTokens& tokens, char first, JsonNames& names, std::size_t& open) {
  open = 0;
  LiteralReader reader(first, names);
  bool fits = true;
  for (ScriptToken token; fits && reader.depth() > 0;) {
    fits = tokens.next(token);
    if (!fits) break;
    fits = reader.add(token) && reader.depth() <= kDeepestLiteral;
    if (!fits) open = token.is('(') ? 1 : 0;
  }
  open += reader.depth();
  return fits;
}

}  // namespace linkaudit::probes

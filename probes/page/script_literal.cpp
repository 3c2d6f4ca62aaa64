#include "probes/page/script_json.h"

#include <vector>

namespace linkaudit::probes {
namespace {

constexpr std::size_t kDeepestLiteral = 64;

class LiteralReader {
 public:
  LiteralReader(char first, JsonNames& names) : names_(names) { open(first); }

  // False when the value, or the member, that the token stands in is no data: it is left out.
  bool add(const ScriptToken& token) {
    if (expected_ == Expected::end_of_unread) {
      skip(token);
      return true;
    }
    if (fits(token)) return true;
    names_.drop_value(begins_);
    number_.clear();
    expected_ = Expected::end_of_unread;
    nested_ = 0;
    skip(token);
    return false;
  }
  std::size_t depth() const { return brackets_.size(); }
  bool expects_key() const { return expected_ == Expected::key; }

 private:
  // number: behind a minus; negated: behind a "!"; more_number: "1.5" comes as three tokens.
  enum class Expected { key, colon, value, number, more_number, negated, comma, end_of_unread };

  bool fits(const ScriptToken& token) {
    if (token.computed) return false;
    if (expected_ == Expected::more_number && add_to_number(token)) return true;
    switch (expected_) {
      case Expected::key: return add_key(token);
      case Expected::colon: expected_ = Expected::value; return token.is(':');
      case Expected::value: return add_value(token);
      case Expected::negated: return add_negated(token);
      case Expected::number: return token.kind == ScriptToken::Kind::number && add_to_number(token);
      case Expected::more_number: end_number(); break;
      case Expected::comma:
      case Expected::end_of_unread: break;
    }
    return add_behind_value(token);
  }

  void open(char bracket) {
    opened_.push_back(begins_);
    brackets_.push_back(bracket);
    names_.start(bracket == '[');
    begin_next();
  }

  void close() {
    brackets_.pop_back();
    names_.end();
    begins_ = opened_.back();
    opened_.pop_back();
    expected_ = Expected::comma;
  }

  bool close_with(const ScriptToken& token) {
    if (!token.is(brackets_.back() == '{' ? '}' : ']')) return false;
    close();
    return true;
  }

  void begin_next() {
    expected_ = brackets_.back() == '{' ? Expected::key : Expected::value;
    begins_ = names_.mark();
  }

  // To the comma or the bracket behind what is left out.
  void skip(const ScriptToken& token) {
    const bool opens = token.is('(') || token.is('[') || token.is('{');
    const bool closes = token.is(')') || token.is(']') || token.is('}');
    if (opens) ++nested_;
    if (nested_ == 0 && closes) return close();
    if (nested_ == 0 && token.is(',')) return begin_next();
    if (closes) --nested_;
  }

  bool add_key(const ScriptToken& token) {
    expected_ = Expected::colon;
    switch (token.kind) {
      case ScriptToken::Kind::string: add_string_key(token.text); return true;
      case ScriptToken::Kind::identifier:
      case ScriptToken::Kind::number: names_.key(token.text); return true;
      default: return close_with(token);  // of an empty object, or behind a trailing comma
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
      if (depth() >= kDeepestLiteral) return false;
      open(token.text.front());
      return true;
    }
    if (token.is('-') || token.is('!')) {
      if (token.is('-')) number_.push_back('-');
      expected_ = token.is('-') ? Expected::number : Expected::negated;
      return true;
    }
    return brackets_.back() == '[' && close_with(token);
  }

  void add_string(std::string_view literal) {
    if (literal.find('\\') == std::string_view::npos) {
      names_.string(literal);
    } else {
      names_.string(string_value(literal));
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
    const bool sign = (token.is('+') || token.is('-')) && ends_with_exponent();
    const bool digits = token.kind == ScriptToken::Kind::number && (number_.empty() || !is_digit_last());
    if (!fraction && !sign && !digits) return false;
    number_ += token.text;
    expected_ = Expected::more_number;
    return true;
  }
  bool is_digit_last() const { return number_.back() != '-' && number_.back() != '+' && number_.back() != '.'; }
  bool ends_with_exponent() const {
    return number_.size() > 1 && (number_.back() == 'e' || number_.back() == 'E') &&
           number_.find_first_of("xX") == std::string::npos;
  }

  void end_number() {
    names_.plain(number_);
    number_.clear();
    expected_ = Expected::comma;
  }

  bool add_behind_value(const ScriptToken& token) {
    if (!token.is(',')) return close_with(token);
    begin_next();
    return true;
  }

  JsonNames& names_;
  std::string brackets_;
  std::vector<JsonNames::Mark> opened_;  // where each of them began
  JsonNames::Mark begins_;               // where the value began that is being read, or was read last
  std::size_t nested_ = 0;               // brackets open in what is left out
  std::string number_;
  Expected expected_ = Expected::value;
};

}  // namespace

Literal read_literal(ScriptTokens& tokens, char first, JsonNames& names) {
  Literal literal;
  LiteralReader reader(first, names);
  const char *unread = nullptr, *key = nullptr;
  std::size_t depth_of_key = 0;
  ScriptToken token;
  while (reader.depth() > 0 && tokens.next(token)) {
    const char* begin = token.text.data() - (token.kind == ScriptToken::Kind::string ? 1 : 0);  // with its quote
    const std::size_t depth = reader.depth();
    if (reader.expects_key()) {
      key = begin;
      depth_of_key = depth;
    }
    if (reader.add(token) || unread != nullptr) continue;
    unread = depth == depth_of_key ? key : begin;
    literal.depth = depth;
  }
  literal.whole = reader.depth() == 0;
  if (unread != nullptr) literal.unread = {unread, static_cast<std::size_t>(tokens.rest().data() - unread)};
  return literal;
}

}  // namespace linkaudit::probes

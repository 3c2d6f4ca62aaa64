#include "probes/page/ascii.h"
#include "probes/page/script_json.h"

namespace linkaudit::probes {
namespace {

constexpr std::size_t kMaxBytes = 256 * 1024;
constexpr std::size_t kMaxDepth = 64;

std::string quoted(std::string_view text) {
  constexpr char kDigits[] = "0123456789abcdef";
  std::string out = "\"";
  out.reserve(text.size() + 2);
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      out += {'\\', c};
    } else if (static_cast<unsigned char>(c) < 0x20) {
      out += "\\u00";
      out += {kDigits[c >> 4], kDigits[c & 15]};
    } else {
      out.push_back(c);
    }
  }
  out.push_back('"');
  return out;
}

bool is_json_number(std::string_view text) {
  return text.find_first_not_of("0123456789") == std::string_view::npos && (text == "0" || text.front() != '0');
}

class LiteralWriter {
 public:
  LiteralWriter(char first, std::string& json) : json_(json) { open(first); }

  // False when the token fits no data.
  bool add(const ScriptToken& token) {
    if (token.computed) return false;
    switch (token.kind) {
      case ScriptToken::Kind::string: return add_value(quoted(string_value(token.text)));
      case ScriptToken::Kind::number: return add_number(token.text);
      case ScriptToken::Kind::identifier: return add_word(token.text);
      case ScriptToken::Kind::punctuator: return token.text.size() == 1 && add_punctuator(token.text.front());
      default: return false;
    }
  }
  std::size_t depth() const { return brackets_.size(); }

 private:
  void open(char bracket) {
    brackets_.push_back(bracket);
    json_.push_back(bracket);
    key_next_ = bracket == '{';
  }

  bool add_value(const std::string& value) {
    flush_comma();
    json_ += value;
    return true;
  }

  // "1.5" comes as three tokens, "-1" as two: what is put together is checked by the JSON parser.
  bool add_number(std::string_view text) {
    if (negation_) {
      negation_ = false;
      return (text == "0" || text == "1") && add_value(text == "0" ? "true" : "false");  // minified !0 and !1
    }
    if (key_next_) return add_value(quoted(text));
    if (!json_.empty() && json_.back() == '.') {
      json_ += text;
      return true;
    }
    return add_value(is_json_number(text) ? std::string(text) : quoted(text));
  }

  bool add_word(std::string_view word) {
    if (key_next_) return add_value(quoted(word));
    if (word == "true" || word == "false" || word == "null") return add_value(std::string(word));
    return word == "undefined" && add_value("null");
  }

  bool add_punctuator(char c) {
    switch (c) {
      case '{':
      case '[':
        flush_comma();
        open(c);
        return true;
      case '}':
      case ']':
        comma_ = false;  // a trailing comma
        brackets_.pop_back();
        json_.push_back(c);
        key_next_ = false;
        return true;
      case ',':
        if (comma_) return false;
        comma_ = true;
        key_next_ = brackets_.back() == '{';
        return true;
      case ':':
        key_next_ = false;
        json_.push_back(c);
        return true;
      case '-':
        flush_comma();
        json_.push_back(c);
        return true;
      case '.': json_.push_back(c); return true;
      case '!': return negation_ = true;
      default: return false;
    }
  }

  void flush_comma() {
    if (comma_) json_.push_back(',');
    comma_ = false;
  }

  std::string& json_;
  std::string brackets_;
  bool key_next_ = false;
  bool comma_ = false;
  bool negation_ = false;
};

}  // namespace

bool literal_to_json(ScriptTokens& tokens, char first, std::string& json, std::size_t& open) {
  open = 0;
  LiteralWriter writer(first, json);
  bool fits = true;
  for (ScriptToken token; fits && writer.depth() > 0;) {
    if (!tokens.next(token)) {
      fits = false;
      break;
    }
    fits = writer.add(token) && json.size() <= kMaxBytes && writer.depth() <= kMaxDepth;
    if (!fits) open = token.is('(') ? 1 : 0;
  }
  open += writer.depth();
  return fits;
}

}  // namespace linkaudit::probes

// The data that a script carries.
#include "probes/page/ascii.h"
#include "probes/page/entities.h"
#include "probes/page/script_json.h"
#include "probes/page/script_walk.h"
#include "probes/page/url.h"

namespace linkaudit::probes {
namespace {

bool begins_encoded(std::string_view rest) {
  rest = trim(rest.substr(0, 16));
  return rest.starts_with("&quot;") || rest.starts_with("&#34;") || rest.starts_with("&#x22;");
}

// Where the "}" of an object stands whose "{" came before `text`; npos when it never ends.
std::size_t end_of_object(std::string_view text) {
  std::size_t depth = 1;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '{') ++depth;
    if (text[at] == '}' && --depth == 0) return at;
  }
  return std::string_view::npos;
}

bool ends_value(const ScriptToken& token) {
  return token.is(';') || token.is(',') || token.is('}') ||
         (token.newline_before && token.kind != ScriptToken::Kind::punctuator);
}

}  // namespace

// `name = {...}`, `name = JSON.parse("...")`, `a.b = "..."`, and `frame.src = "taobao://..."`.
void ScriptWalk::read_assignment(const DottedName& name, bool begins) {
  if (!step()) return;
  const bool source = current_.kind == ScriptToken::Kind::string && begins && name.back() == "src";
  if (const std::string url = source ? string_value(current_.text) : std::string(); is_app_url(url)) leave_for(url);
  if (current_.is('{') && begins_encoded(tokens_.rest()) && !encoded_open_) {
    read_encoded_object(name);
  } else if (current_.is('{') || current_.is('[')) {
    read_object(name);
  } else if (current_.kind == ScriptToken::Kind::identifier) {
    read_parsed(name);
  } else if (name.size() > 1) {
    read_property(name);
  }
}

void ScriptWalk::read_object(const DottedName& name) {
  JsonNames names(name.text());
  const Literal literal = read_literal(tokens_, current_.text.front(), names);
  if (literal.whole) json_.add_all(names.found());
  ahead_ = false;
  current_ = {.kind = ScriptToken::Kind::punctuator, .text = "}"};
  if (!literal.unread.empty()) walk_unread(literal.unread, literal.depth);
}

// The values of a literal that are no data may leave the page like everything else: they are looked through as what
// stands in `brackets` that do not run by themselves.
void ScriptWalk::walk_unread(std::string_view unread, std::size_t brackets) {
  ScriptWalk walk(unread, findings_, json_);
  walk.place_.open(brackets);
  walk.aliases_ = aliases_;
  walk.run();
  aliases_ = walk.aliases_;
  hands_on_ |= walk.hands_on_;
  sets_href_ |= walk.sets_href_;
}

// `{&quot;type&quot;: ...}`: no script, but what some pages carry.
void ScriptWalk::read_encoded_object(const DottedName& name) {
  const std::string_view rest = tokens_.rest();
  const std::size_t end = end_of_object(rest);
  encoded_open_ = end == std::string_view::npos;
  if (encoded_open_) return;
  JsonNames names(name.text());
  if (read_json("{" + decode_references(rest.substr(0, end + 1), ReferenceStyle::strict), names)) {
    json_.add_all(names.found());
  }
  tokens_.skip(end);  // the "}" is left to the lexer, which counts braces
}

// `JSON.parse("...")`, also by way of window and with the text percent-encoded.
void ScriptWalk::read_parsed(const DottedName& name) {
  const bool window = is_one_of(current_.text, {"window", "self", "globalThis"});
  if (window && !(tokens_.rest().starts_with(".JSON.") && step() && step())) return;
  if (!current_.is_word("JSON")) return;
  if (!step() || !current_.is('.') || !step() || !current_.is_word("parse") || !step() || !current_.is('(')) return;
  pass();
  if (!step()) return;
  const bool percent = current_.is_word("decodeURIComponent");
  if (percent) {
    if (!step() || !current_.is('(')) return;
    pass();
    if (!step()) return;
  }
  if (current_.kind != ScriptToken::Kind::string || current_.computed) return;
  std::string text = string_value(current_.text);
  if (percent) text = percent_decode(text);
  JsonNames names(name.text());
  if (read_json(text, names)) return json_.add_all(names.found());
  names = JsonNames(name.text());
  if (read_json(decode_references(text, ReferenceStyle::strict), names)) json_.add_all(names.found());
}

// `cgiData.type = "block";`: a value by itself, and the end of the statement.
void ScriptWalk::read_property(const DottedName& name) {
  const ScriptToken value = current_;
  if (value.computed || (value.kind != ScriptToken::Kind::string && value.kind != ScriptToken::Kind::number)) return;
  look_at_token();
  if (step() && !ends_value(current_)) return;
  JsonNames names(name.text());
  if (value.kind == ScriptToken::Kind::number) {
    names.plain(value.text);
  } else {
    names.string(string_value(value.text));
  }
  json_.add_all(names.found());
}

}  // namespace linkaudit::probes

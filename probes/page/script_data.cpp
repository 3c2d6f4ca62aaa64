// The data that a script carries.
#include "probes/page/entities.h"
#include "probes/page/script_json.h"
#include "probes/page/script_walk.h"
#include "probes/page/url.h"

namespace linkaudit::probes {

// `name = {...}`, `name = JSON.parse("...")`, and `frame.src = "taobao://..."`.
void ScriptWalk::read_assignment(const DottedName& name, bool begins) {
  if (!step()) return;
  if (current_.is('{') || current_.is('[')) {
    JsonNames names(name.text());
    std::size_t open = 0;
    if (read_literal(tokens_, current_.text.front(), names, open)) json_.add_all(names.found());
    place_.open(open);
    ahead_ = false;
    current_ = {.kind = ScriptToken::Kind::punctuator, .text = "}"};
  } else if (current_.is_word("JSON")) {
    read_parsed(name);
  } else if (current_.kind == ScriptToken::Kind::string && begins && name.back() == "src") {
    const std::string url = string_value(current_.text);
    if (is_app_url(url)) leave_for(url);
  }
}

void ScriptWalk::read_parsed(const DottedName& name) {
  if (!step() || !current_.is('.') || !step() || !current_.is_word("parse") || !step() || !current_.is('(')) return;
  pass();
  if (!step() || current_.kind != ScriptToken::Kind::string || current_.computed) return;
  const std::string text = string_value(current_.text);
  for (const std::string& json : {text, decode_references(text, ReferenceStyle::strict)}) {
    JsonNames names(name.text());
    if (!read_json(json, names)) continue;
    json_.add_all(names.found());
    return;
  }
}

}  // namespace linkaudit::probes

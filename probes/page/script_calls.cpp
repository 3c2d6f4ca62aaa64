// Calls that may leave the page, by another way than its location.
#include "probes/page/ascii.h"
#include "probes/page/script_walk.h"

namespace linkaudit::probes {

ScriptWalk::Callee ScriptWalk::callee_of(const DottedName& name) {
  if (name.size() == 1) {
    if (name[0] == "with") return Callee::enters;
    const bool reads = is_one_of(name[0], {"if", "while", "switch", "return", "typeof", "String", "URL", "alert",
                                           "escape", "encodeURI", "encodeURIComponent", "decodeURIComponent"});
    return reads ? Callee::reads : Callee::other;
  }
  if (is_one_of(name[0], {"console", "JSON"})) return Callee::reads;
  const bool of_objects = name.size() == 2 && is_one_of(name[0], {"Object", "Reflect"});
  const bool sets = of_objects && is_one_of(name[1], {"assign", "set", "defineProperty", "defineProperties", "apply"});
  return sets ? Callee::sets : Callee::other;
}

// "(" comes next.
bool ScriptWalk::is_called_without_arguments() const {
  return trim(tokens_.rest().substr(0, 8)).starts_with(')');
}

// `member`: it stands behind a dot.
void ScriptWalk::read_call(const DottedName& name, bool member) {
  callee_ = callee_of(name);
  const std::string_view word = name.back();
  const std::string_view owner = name.size() > 1 ? name[name.size() - 2] : std::string_view();
  if (member && is_one_of(word, {"submit", "click"})) {
    findings_.suspected |= place_.always_runs() && is_called_without_arguments();
  } else if ((member && word == "requestSubmit") ||
             (is_one_of(owner, {"submit", "click"}) && is_one_of(word, {"call", "apply"}))) {
    findings_.suspected |= place_.always_runs();
  } else if (member && word == "dispatchEvent") {
    dispatches_ = place_.always_runs();
  } else if (name.size() == 2 && owner == "navigation" && word == "navigate") {
    findings_.suspected = true;
  } else if (name.size() == 1 && word == "open") {
    opens_window_ = true;
  } else if (name.size() == 1 && is_one_of(word, {"setTimeout", "setInterval", "eval", "execScript", "Function"})) {
    read_text_as_code(is_one_of(word, {"eval", "execScript"}), word == "Function");
  }
}

// Code in a string is not read: only whether it seems to leave the page. What is put together first, such as
// eval(atob(...)), may do anything; eval("(" + ...) is how JSON was read. `last`: the code is the last of the strings.
void ScriptWalk::read_text_as_code(bool always_code, bool last) {
  pass();
  do {
    if (!step()) return;
    if (current_.kind != ScriptToken::Kind::string) {
      findings_.suspected |= always_code || current_.is_word("atob") || current_.is_word("unescape");
      return;
    }
    std::string code = string_value(current_.text);
    bool joined = false;
    while (step() && current_.is('+')) {
      joined = true;
      if (!step() || current_.kind != ScriptToken::Kind::string) break;
      code += string_value(current_.text);
    }
    if (code.find("location") != std::string::npos) findings_.suspected = true;
    if (joined && always_code && !code.starts_with('(')) findings_.suspected = true;
  } while (last && current_.is(','));
}

}  // namespace linkaudit::probes

// What a page that seems to leave is told by, where a statement does not say it plainly.
#include <algorithm>

#include "probes/page/ascii.h"
#include "probes/page/script_walk.h"

namespace linkaudit::probes {
namespace {

// The name of a window that is this page's own, or holds it.
bool is_own_window(std::string_view name) {
  return equals_ignoring_case(name, "_self") || equals_ignoring_case(name, "_top") ||
         equals_ignoring_case(name, "_parent");
}

std::string_view first_word(std::string_view rest) {
  rest = trim(rest.substr(0, 64));
  std::size_t end = 0;
  while (end < rest.size() && (is_alpha(rest[end]) || is_digit(rest[end]) || rest[end] == '_' || rest[end] == '$'))
    ++end;
  return rest.substr(0, end);
}

bool leads_on(std::string_view method) {
  return is_one_of(method, {"replace", "assign", "reload"});
}

bool assigns(const ScriptToken& token) {
  return token.kind == ScriptToken::Kind::punctuator && is_one_of(token.text, {"=", "+=", "||=", "&&=", "\?\?="});
}

}  // namespace

void LocationAliases::add(std::string_view name) {
  if (size_ < names_.size() && !name.empty() && !has(name)) names_[size_++] = name;
}

bool LocationAliases::has(std::string_view name) const {
  return std::find(names_.begin(), names_.begin() + size_, name) != names_.begin() + size_;
}

// `document.write(...)`, `element.innerHTML = ...`: what they are given is gathered.
bool ScriptWalk::begins_text(const DottedName& name, bool of_document) {
  if (written_.open() && written_.begins_unknown()) {
    findings_.suspected |= is_one_of(name[0], {"atob", "unescape", "decodeURIComponent", "decodeURI", "String"});
  }
  const bool writes = of_document && name.size() == 1 && is_one_of(name[0], {"write", "writeln"});
  const bool called = current_.is('(') && (writes || name.back() == "insertAdjacentHTML");
  const bool assigned = assigns(current_) && is_one_of(name.back(), {"innerHTML", "outerHTML"});
  if (called) written_.begin_call();
  if (assigned) written_.begin_assignment();
  return called || assigned;
}

// The location as such, or a method of it, on its way to another name or into a call.
void ScriptWalk::read_location_as_value(const DottedName& name, const ScriptToken& before) {
  const bool taken = before.is('=') || before.is(':') || before.is('|') || before.is('?');
  const bool argument = (before.is('(') || before.is(',')) && (current_.is(')') || current_.is(','));
  const bool key = (before.is('{') || before.is(',')) && current_.is(':');
  location_in_list_ |= before.is(':') || (before.is('[') && !index_);
  findings_.suspected |= current_.is_word("of");
  if (name.size() > 1) {
    const bool unbound = name.size() > 2 ? current_.is('(') : !current_.is('(') && (taken || argument);
    findings_.suspected |= leads_on(name[1]) && unbound;
  } else if (key) {
    findings_.suspected |= callee_ == Callee::sets_of_window;
    renamed_location_ = first_word(tokens_.rest());
  } else if (taken) {
    aliases_.add(bound_);
  } else if (argument) {
    const bool set = callee_ == Callee::enters || (callee_ == Callee::sets && before.is('('));
    findings_.suspected |= set;
    hands_on_ |= callee_ == Callee::other;
  }
}

// `l.href = ...` behind `l = location`. Names are short and stand for strings elsewhere: of those replace() is asked
// for what it gives back.
void ScriptWalk::read_alias(const DottedName& name, const ScriptToken& before) {
  if (!aliases_.has(name.size() == 1 ? name[0] : name[name.size() - 2])) return;
  if (name.size() == 1) {
    const std::string_view rest = tokens_.rest();
    const bool by_string = rest.starts_with('"') || rest.starts_with('\'') || rest.starts_with('`');
    findings_.suspected |= current_.is('[') && by_string && !before.is_dot();
  } else if (assigns(current_)) {
    findings_.suspected |=
        is_one_of(name.back(), {"href", "search", "pathname", "host", "hostname", "port", "protocol"});
  } else if (current_.is('(') && leads_on(name.back())) {
    const bool given_back = before.is_word("return") || before.is('=') || before.is('(') || before.is(',') ||
                            before.is('+') || before.is(':');
    findings_.suspected |= !given_back;
  }
}

// A token that is no name.
void ScriptWalk::look_at_token() {
  if (current_.kind == ScriptToken::Kind::string) return look_at_string();
  if (!current_.is('+')) indexed_.clear();
  if (current_.is('[')) {
    index_ = previous_.kind == ScriptToken::Kind::identifier || previous_.is(')') || previous_.is(']');
  } else if (current_.is(';')) {
    opens_window_ = dispatches_ = makes_http_equiv_ = location_in_list_ = false;
    renamed_location_ = bound_ = {};
    callee_ = Callee::other;
  } else if (current_.is('=') && (previous_.is(']') || previous_.is('}'))) {
    findings_.suspected |= location_in_list_;
    const bool of_window = is_one_of(first_word(tokens_.rest()), {"window", "self", "document", "top", "globalThis"});
    if (of_window && previous_.is('}')) aliases_.add(renamed_location_);
    bound_ = {};
  }
}

void ScriptWalk::look_at_string() {
  const std::string_view text = current_.text;
  const bool index = index_ && previous_.is('[');
  const bool joined = !indexed_.empty() && previous_.is('+');
  if (!joined) indexed_.clear();
  if (index || joined) {
    indexed_ += string_value(text);
    findings_.suspected |= indexed_ == "location";
  }
  findings_.suspected |= opens_window_ && previous_.is(',') && is_own_window(text);
  findings_.suspected |= dispatches_ && is_one_of(text, {"click", "submit"});
  findings_.suspected |= callee_ == Callee::sets_of_window && text == "location";
  findings_.suspected |= makes_http_equiv_ && equals_ignoring_case(text, "refresh");
  makes_http_equiv_ |= equals_ignoring_case(text, "http-equiv");
  if (written_.open()) written_.add(string_value(text));
}

}  // namespace linkaudit::probes

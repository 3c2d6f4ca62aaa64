// Where a script leaves to.
#include "probes/page/ascii.h"
#include "probes/page/script_walk.h"
#include "probes/page/url.h"

namespace linkaudit::probes {
void ScriptWalk::read_location(const DottedName& name, bool plain_place) {
  const bool whole = name.size() == 1 || (name.size() == 2 && name[1] == "href");
  if (current_.text == "=") {
    if (name.size() == 2 && name[1] == "hash") return;
    read_target(plain_place && whole, false);
  } else if (current_.is('(') && name.size() == 2) {
    const bool loads = name[1] == "replace" || name[1] == "assign";
    if (loads || name[1] == "reload") read_target(plain_place && loads, true);
  } else if (current_.is('[') && name.size() == 1) {
    findings_.suspected = true;
  }
}

// `w.location.href = ...`: perhaps the page's own window under another name. A plain `w.location = ...` counts only
// with a URL: data have places, too.
void ScriptWalk::read_location_of_another(const DottedName& name) {
  if (name.size() == 2) {
    const bool sets = current_.text == "=" && name[1] == "href";
    const bool calls = current_.is('(') && (name[1] == "replace" || name[1] == "assign");
    if (sets || calls) findings_.suspected = true;
  }
  if (name.size() > 1 || current_.text != "=" || !step()) return;
  if (current_.kind != ScriptToken::Kind::string) return;
  if (current_.text.find('/') != std::string_view::npos) findings_.suspected = true;
}

// Behind "=" or "(": one string literal and the end of the statement, or something cleverer.
void ScriptWalk::read_target(bool plain_place, bool call) {
  pass();
  if (!step()) return;
  if (current_.kind != ScriptToken::Kind::string || current_.computed) {
    findings_.suspected = true;
    return;
  }
  const std::string url = string_value(current_.text);
  const bool ends = !step() || current_.is(';') || current_.is('}') || current_.is(',') || current_.is(')') ||
                    (!call && current_.newline_before && !current_.is('+') && !current_.is('.'));
  if (url.empty() || url.starts_with('#')) return;
  if (plain_place && ends && to_lower(scheme_of(url)) != "javascript") return leave_for(url);
  findings_.suspected = true;
}

void ScriptWalk::leave_for(const std::string& url) {
  const std::string scheme = to_lower(scheme_of(url));
  if (is_app_url(url)) {
    if (findings_.app_jumps.size() < kMaxAppJumps) findings_.app_jumps.push_back(url);
  } else if (scheme.empty() || scheme == "http" || scheme == "https") {
    findings_.redirect = url;
  } else if (scheme == "about" || scheme == "blob") {
    findings_.suspected = true;  // a browser leaves, but not for the web
  }
}

// A call that may leave the page, by another way than its location.
void ScriptWalk::read_leaving_call(const DottedName& name) {
  if (name.back() == "submit") {
    findings_.suspected |= place_.always_runs();
  } else if (name.size() == 2 && name[0] == "navigation" && name[1] == "navigate") {
    findings_.suspected = true;
  } else if (name.size() == 1 && name[0] == "open") {
    opens_window_ = true;
  } else if (name.size() == 1 && is_one_of(name[0], {"setTimeout", "setInterval", "eval", "execScript"})) {
    read_text_as_code(is_one_of(name[0], {"eval", "execScript"}));
  }
}

// Code in a string is not read: only whether it seems to leave the page. What is put together first, such as
// eval(atob(...)), may do anything; eval("(" + ...) is how JSON was read.
void ScriptWalk::read_text_as_code(bool always_code) {
  pass();
  if (!step()) return;
  if (current_.kind != ScriptToken::Kind::string) {
    findings_.suspected |= always_code || current_.is_word("atob") || current_.is_word("unescape");
    return;
  }
  const std::string code = string_value(current_.text);
  if (code.find("location") != std::string::npos) findings_.suspected = true;
  if (!step() || !current_.is('+')) return;
  if (always_code && !code.starts_with('(')) findings_.suspected = true;
}

// What document.write() is given: a meta element or a script that leaves, plainly or spelled so that nobody sees it.
void ScriptWalk::read_text_as_page() {
  pass();
  if (!step()) return;
  if (current_.kind == ScriptToken::Kind::string) {
    const std::string page = to_lower(string_value(current_.text));
    const bool leaves = page.find("<meta") != std::string::npos || page.find("location") != std::string::npos;
    findings_.suspected |= leaves;
  } else {
    findings_.suspected |= is_one_of(current_.text, {"atob", "unescape", "decodeURIComponent", "decodeURI", "String"});
  }
}

// `meta.httpEquiv = "refresh"`
void ScriptWalk::read_refresh_in_the_making() {
  if (!step() || current_.kind != ScriptToken::Kind::string) return;
  findings_.suspected |= to_lower(string_value(current_.text)) == "refresh";
}

}  // namespace linkaudit::probes

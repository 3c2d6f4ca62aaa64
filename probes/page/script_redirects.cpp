// Where a script leaves to.
#include "probes/page/ascii.h"
#include "probes/page/script_walk.h"
#include "probes/page/url.h"

namespace linkaudit::probes {
void ScriptWalk::read_location(const DottedName& name, bool plain_place) {
  const bool whole = name.size() == 1 || (name.size() == 2 && name[1] == "href");
  if (current_.is('=')) {
    if (name.size() == 2 && name[1] == "hash") return;
    read_target(plain_place && whole, false);
  } else if (is_one_of(current_.text, {"+=", "||=", "&&=", "\?\?="})) {
    findings_.suspected |= whole || name[1] != "hash";
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
    const bool sets = current_.is('=') && name[1] == "href";
    const bool calls = current_.is('(') && (name[1] == "replace" || name[1] == "assign");
    if (sets || calls) findings_.suspected = true;
  }
  if (name.size() > 1 || !current_.is('=') || !step()) return;
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
    findings_.suspected |= lacks_slashes(url);
  } else if (scheme == "about" || scheme == "blob") {
    findings_.suspected = true;  // a browser leaves, but not for the web
  }
}

}  // namespace linkaudit::probes

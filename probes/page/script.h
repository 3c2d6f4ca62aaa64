// What a page's own scripts say plainly: where they leave to, and the data they carry. Nothing is executed.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "probes/page/inline_data.h"
#include "probes/page/script_tokens.h"

namespace linkaudit::probes {

inline constexpr std::size_t kMaxAppJumps = 16;  // kept of a script, and of a page

struct ScriptFindings {
  std::optional<std::string> redirect;  // the last plain one: later navigations replace earlier ones
  std::vector<std::string> app_jumps;
  bool suspected = false;
};

// Plain means: a statement of its own that always runs, which sets `location` (or `location.href`, with or without
// window, self, top, parent, document before it) to one string literal, or hands it to location.replace or
// location.assign. "Always runs" is: at the top of the script, or in a function that stands there and is called at
// once, by setTimeout or by window.onload. Every other statement that seems to leave the page sets `suspected`, by
// its location under whatever name, by window.open() in the own window, by a form that is sent, by a meta element or a
// script that is made or written, or by code that is put together first.
//
// Variables at the top of a script that hold an object literal or JSON.parse("...") go into `json`, flattened; so do
// properties that are set to a string or a number there.
class ScriptReader {
 public:
  explicit ScriptReader(InlineData& json) : json_(json) {}

  // One script. Linear in its length.
  void read(std::string_view script);

  const ScriptFindings& findings() const { return findings_; }

 private:
  InlineData& json_;
  ScriptFindings findings_;
};

}  // namespace linkaudit::probes

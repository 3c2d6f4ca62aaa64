// Text that a script writes into its page.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "probes/page/script_tokens.h"

namespace linkaudit::probes {

// Gathers the string literals that one document.write(...) or `element.innerHTML = ...` is given; what stands between
// them is not known. One at a time: what begins within another belongs to it.
class WrittenText {
 public:
  void begin_call();        // the "(" comes next
  void begin_assignment();  // the "=" comes next

  bool open() const { return open_; }
  bool begins_unknown() const { return call_ && text_.empty(); }  // no literal so far
  void add(std::string_view text);

  // A bracket or a ";" was read. True when the text ends with it.
  bool ends_with(const ScriptToken& token);

  // Whether a page with that text in it would leave: by a meta element, by a script.
  bool leaves() const;

 private:
  std::string text_;
  bool open_ = false;
  bool call_ = false;
  std::size_t depth_ = 0;
};

// Whether the text sets a location or calls it: `location.href = x`, `location.replace(x)`.
bool sets_location(const std::string& text);

}  // namespace linkaudit::probes

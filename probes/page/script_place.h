// Where in a script a reader is, as far as it decides whether a statement always runs.
#pragma once

#include <string>
#include <string_view>

#include "probes/page/script_tokens.h"

namespace linkaudit::probes {

class ScriptPlace {
 public:
  // One token was read behind `before`; only brackets matter.
  void pass(const ScriptToken& token, const ScriptToken& before);

  // A "return" or "throw" was read: from here on the function that runs by itself may have been left.
  void may_leave();

  // Into a function that runs by itself: its body counts as the top. `header` ends with the body's "{".
  void enter(std::string_view header);

  // Brackets that were opened by a literal which could not be read to its end.
  void open(std::size_t brackets) { brackets_.append(brackets, '['); }

  // In no block, no call and no function but those that run by themselves.
  bool at_top() const { return !lost_ && brackets_.size() == top_; }
  bool always_runs() const { return at_top() && !left_; }

  // Whether a statement may begin between `before` and a token that stands on a new line or not.
  bool statement_begins(const ScriptToken& before, bool newline) const;

 private:
  void open_bracket(char bracket, const ScriptToken& before);
  void close_bracket(bool parenthesis);

  std::string brackets_;       // that are open: ( c for a condition's, [ {, f for a function's body, e for one entered
  std::size_t functions_ = 0;  // "f" among them
  std::size_t top_ = 0;        // as many open brackets are the top
  bool lost_ = false;          // an entered function was left, but what it stands in is still open
  bool left_ = false;          // see may_leave()
  bool condition_ended_ = false;  // the parenthesis closed last was that of if, while, for ...
};

}  // namespace linkaudit::probes

// Elements whose content is not shown: templates, and those hidden by their own attributes.
#pragma once

#include <string>

#include "probes/page/tokens.h"

namespace linkaudit::probes {

// Follows one hidden element at a time by counting its own name: no stack, whatever the depth. Style sheets are not
// read, so an element hidden by one counts as shown.
class HiddenElements {
 public:
  void open(const Token& start_tag);
  void close(const std::string& name);

  bool any() const { return depth_ > 0; }
  bool inert() const { return depth_ > 0 && name_ == "template"; }  // scripts in it don't run either

 private:
  std::string name_;  // of the outermost hidden element
  std::size_t depth_ = 0;
};

}  // namespace linkaudit::probes

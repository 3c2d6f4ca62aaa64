// Elements whose content is not shown: templates, what stands in place of a picture or a film, closed dialogs, and
// those hidden by their own attributes.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "probes/page/tokens.h"

namespace linkaudit::probes {

// Follows one hidden element at a time by counting its own name: no stack, whatever the depth. One that is never closed
// ends with what it stands in. Style sheets are not read, so an element hidden by one counts as shown.
class HiddenElements {
 public:
  // True when the element itself is hidden, or stands in one that is.
  bool open(const Token& start_tag);
  // True when the end tag stands in what is hidden, or ends just that.
  bool close(std::string_view name);

  bool any() const { return depth_ > 0; }
  bool inert() const { return depth_ > 0 && name_ == "template"; }  // scripts in it don't run either

  static constexpr std::size_t kContainers = 8;

 private:
  std::string name_;  // of the outermost hidden element
  std::size_t depth_ = 0;
  std::array<std::uint32_t, kContainers> inner_{};  // containers that are open in it
};

}  // namespace linkaudit::probes

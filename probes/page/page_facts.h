// What is read off one page without executing anything.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "probes/page/inline_data.h"

namespace linkaudit::probes {

// A plain redirect that the page itself asks for.
struct PageRedirect {
  std::string via;     // meta, script, refresh (the Refresh header)
  std::string url;     // as written; resolved by whoever follows it
  std::string base{};  // href of the <base> before it, as written; "": the page's own URL

  bool operator==(const PageRedirect&) const = default;
};

struct PageFacts {
  std::string charset;  // WHATWG name, lower case
  std::string title;
  std::string text;    // visible text, UTF-8, white space folded, bounded
  std::string source;  // the page as UTF-8
  std::optional<PageRedirect> redirect;
  std::vector<std::string> app_jumps;      // URLs of other schemes that the page jumps to by itself
  bool script_redirect_suspected = false;  // a script seems to leave the page in a way that is not plain
  InlineData json;                         // inline JSON flattened; entities decoded

  bool operator==(const PageFacts&) const = default;
};

}  // namespace linkaudit::probes

// Reading URLs. Input: a URL on the first line, a reference found there on the second.
#include "probes/fetch/url.h"

#include "probes/fetch/url_check.h"
#include "tests/fuzz/checked_url.h"
#include "tests/fuzz/harness.h"
#include "tests/fuzz/harnesses.h"

namespace linkaudit::fuzz {

void url(std::string_view input) {
  const std::string_view given = take_line(input);
  const auto url = probes::parse_url(given);
  if (!url) {
    require_one_line(url.error().text, "what is wrong with a URL");
    return;
  }
  require_sound(*url, given);
  const probes::AddressGuard guard;
  const auto refused = check_url(*url, guard, probes::ConnectTo());
  if (refused) require_one_line(refused->text, "the reason for a refusal");
  if (url->address && guard.refusal(*url->address)) {
    require(refused && refused->name == probes::FailureName::refused_address, "a refused address is named", url->text);
  }

  const std::string_view reference = take_line(input);
  if (const auto next = resolve_url(*url, reference)) {
    require_sound(*next, url->text + std::string(reference));
    const auto absolute = resolve_url(*url, next->text);
    require(absolute && absolute->text == next->text, "an absolute URL needs no base", next->text);
  }
}

}  // namespace linkaudit::fuzz

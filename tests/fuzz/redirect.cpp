// Where an answer leads to. Input, line by line: the URL asked for, the status, header lines up to an empty one, the
// body.
#include <charconv>

#include "probes/fetch/following.h"
#include "probes/fetch/header_fields.h"
#include "probes/page/refresh.h"
#include "probes/page/url.h"
#include "tests/fuzz/checked_url.h"
#include "tests/fuzz/harness.h"
#include "tests/fuzz/harnesses.h"

namespace linkaudit::fuzz {
namespace {

using probes::FailureName;

probes::Exchange exchange_from(std::string_view input) {
  probes::Exchange exchange;
  const std::string_view status = take_line(input);
  std::from_chars(status.data(), status.data() + status.size(), exchange.hop.status);
  for (std::string_view line = take_line(input); !line.empty(); line = take_line(input)) {
    probes::add_header_line(exchange.headers, line);
  }
  exchange.body = input;
  return exchange;
}

void check_onward(const probes::Onward& onward, std::string_view input) {
  const std::string& via = onward.via;
  require(via == "http" || via == "meta" || via == "script" || via == "refresh", "a hop is left in a known way", via);
  require_sound(onward.url, input);
}

void check_astray(const probes::Failure& failure) {
  const bool known = failure.name == FailureName::invalid_redirect || failure.name == FailureName::refused_scheme;
  require(known, "a redirect fails in a known way", name(failure.name));
  require_one_line(failure.text, "what is wrong with a redirect");
  require(failure.text.size() < 200, "what is wrong with a redirect does not repeat it", failure.text);
}

}  // namespace

void redirect(std::string_view input) {
  const std::string_view asked = take_line(input);
  const auto at = probes::parse_url(asked);
  if (!at) return;
  probes::Exchange exchange = exchange_from(input);
  const auto refresh = probes::header_value(exchange.headers, "refresh");
  if (const auto target = probes::refresh_target(refresh)) {
    require(!target->empty() && refresh.find(*target) != std::string::npos, "a refresh goes where it says", *target);
  }
  const bool by_http = probes::redirect_location(exchange).has_value();
  probes::PageCache pages(0);
  const auto next = follow(exchange, *at, pages);
  if (const auto* onward = std::get_if<probes::Onward>(&next)) {
    check_onward(*onward, std::string(asked).append(input));
    require(by_http == (onward->via == "http"), "a redirect by http counts before one by the page", onward->via);
  }
  if (const auto* astray = std::get_if<probes::Astray>(&next)) check_astray(astray->failure);
  if (!exchange.page) return;
  for (const std::string& jump : exchange.page->app_jumps) {
    require(probes::is_app_url(jump), "a jump into an app leaves the web", jump);
  }
}

}  // namespace linkaudit::fuzz

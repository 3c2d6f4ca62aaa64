#include "probes/fetch/following.h"

#include <fmt/format.h>

#include <algorithm>

#include "probes/fetch/header_fields.h"
#include "probes/fetch/url_check.h"
#include "probes/page/ascii.h"
#include "probes/page/charset.h"
#include "probes/page/digest.h"
#include "probes/page/url.h"

namespace linkaudit::probes {
namespace {

// Media types with text in them; a missing type counts unless the bytes say otherwise.
bool is_readable(std::string_view content_type, std::string_view body) {
  const std::string type = to_lower((content_type.substr(0, content_type.find(';'))));
  if (type.empty()) return has_byte_order_mark(body) || body.substr(0, 512).find('\0') == std::string_view::npos;
  constexpr std::string_view words[] = {"text/", "html", "xml", "json", "javascript"};
  return std::ranges::any_of(words, [&](std::string_view word) { return type.find(word) != std::string::npos; });
}

std::string_view type_of(const Exchange& exchange) {
  return first_header(exchange.headers, "content-type").value_or("");
}

// A jump into an app ends the leg: it is what the page wanted, no failure.
Following jump(Exchange& exchange, std::string_view target, PageCache& pages) {
  if (exchange.body_sha256.empty()) read_page_of(exchange, pages);
  if (exchange.page && std::ranges::find(exchange.page->app_jumps, target) != exchange.page->app_jumps.end())
    return Arrived{};
  PageFacts page = exchange.page ? *exchange.page : PageFacts{};
  page.app_jumps.emplace_back(target);
  exchange.page = std::make_shared<const PageFacts>(std::move(page));
  return Arrived{};
}

// Another protocol of the internet is refused, not taken for an app.
bool is_app_jump(std::string_view target) {
  constexpr std::string_view protocols[] = {"dict", "ftps", "gopher", "imap", "ldap", "ldaps", "nfs",    "pop3",
                                            "rtmp", "rtsp", "scp",    "sftp", "smb",  "smtp",  "telnet", "tftp"};
  return is_app_url(target) && std::ranges::find(protocols, to_lower(scheme_of(target))) == std::end(protocols);
}

Following onward(Exchange& exchange, const Url& at, std::string target, std::string via, PageCache& pages) {
  target = trim(target);
  if (target.empty()) return Astray{make_failure(FailureName::invalid_redirect, "a redirect without a target")};
  if (is_app_jump(target)) return jump(exchange, target, pages);
  auto url = resolve_url(at, target);
  if (url) return Onward{std::move(*url), std::move(via)};
  const bool refused = url.error().name == FailureName::refused_scheme;
  return Astray{make_failure(refused ? FailureName::refused_scheme : FailureName::invalid_redirect,
                             fmt::format("a redirect that cannot be followed: {}", url.error().text))};
}

// What a page's redirect is relative to. A base that is no URL of the web does not count.
Url base_of(const PageRedirect& redirect, const Url& at) {
  if (redirect.base.empty()) return at;
  return resolve_url(at, redirect.base).value_or(at);
}

}  // namespace

bool is_to_be_read(const Exchange& exchange) {
  return exchange.body_sha256.empty() && is_readable(type_of(exchange), exchange.body) && !redirect_location(exchange);
}

void read_page_of(Exchange& exchange, PageCache& pages) {
  if (!is_readable(type_of(exchange), exchange.body)) return;
  exchange.body_sha256 = pages.digest_of(exchange.body);
  const std::string_view refresh = first_header(exchange.headers, "refresh").value_or("");
  exchange.page = pages.read(exchange.body, exchange.body_sha256, type_of(exchange), refresh);
}

Following follow(Exchange& exchange, const Url& at, PageCache& pages) {
  if (const auto location = redirect_location(exchange))
    return onward(exchange, at, std::string(*location), "http", pages);
  if (exchange.body_sha256.empty()) read_page_of(exchange, pages);
  if (!exchange.page || !exchange.page->redirect) return Arrived{};
  const PageRedirect redirect = *exchange.page->redirect;
  Following next = onward(exchange, base_of(redirect, at), redirect.url, redirect.via, pages);
  if (const auto* astray = std::get_if<Astray>(&next)) {
    // Pages are full of slips that a browser shrugs off: this stays the page. What we refuse is told.
    return astray->failure.name == FailureName::invalid_redirect ? Following(Arrived{}) : next;
  }
  const auto* target = std::get_if<Onward>(&next);
  // A page that loads itself anew with nothing changed would only do so again.
  if (target != nullptr && same_document(target->url, at) && !first_header(exchange.headers, "set-cookie"))
    return Arrived{};
  return next;
}

}  // namespace linkaudit::probes

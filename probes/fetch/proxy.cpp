#include "probes/fetch/proxy.h"

#include <curl/curl.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "probes/fetch/curl_handles.h"
#include "probes/fetch/failure_from_curl.h"
#include "probes/fetch/url_check.h"

namespace linkaudit::probes {
namespace {

constexpr std::string_view kMask = "***";
constexpr std::array<std::string_view, 4> kSchemes = {"http", "https", "socks5", "socks5h"};

std::optional<std::string> part_of(CURLU* url, CURLUPart which, unsigned flags = 0) {
  char* text = nullptr;
  if (curl_url_get(url, which, &text, flags) != CURLUE_OK) return std::nullopt;
  std::string copy = text;
  curl_free(text);
  return copy;
}

// The last @ of all: a password may hold others, one that is not encoded even a slash.
std::size_t end_of_credentials(std::string_view text, std::size_t begin) {
  const std::size_t at = text.rfind('@');
  return at == std::string_view::npos || at < begin ? begin : at + 1;
}

std::size_t begin_of_authority(std::string_view text) {
  const std::size_t slashes = text.find("://");
  return slashes == std::string_view::npos ? 0 : slashes + 3;
}

std::string text_of(const ProxyEnd& end) {
  if (end.connect_status != 0) return fmt::format("the proxy answered CONNECT with status {}", end.connect_status);
  if (end.code == CURLE_OPERATION_TIMEDOUT) return "the proxy has not opened the way in time";
  return "on the way to the proxy: " +
         (end.message.empty() ? curl_easy_strerror(static_cast<CURLcode>(end.code)) : end.message);
}

}  // namespace

tl::expected<Proxy, std::string> parse_proxy(std::string_view text) {
  constexpr const char* form =
      "is no proxy; valid is http://, https://, socks5:// or socks5h:// with host and port, before them user:password@ "
      "if need be, percent-encoded";
  const auto invalid = [](std::string why) { return tl::unexpected(std::move(why)); };
  const auto printable = [](char c) { return c > ' ' && c < 0x7f; };
  if (!std::ranges::all_of(text, printable)) return invalid(form);
  const CurlUrl url(curl_url());
  if (!url) throw std::bad_alloc();
  const std::string whole(text);
  if (curl_url_set(url.get(), CURLUPART_URL, whole.c_str(), CURLU_NON_SUPPORT_SCHEME) != CURLUE_OK)
    return invalid(form);
  const auto scheme = part_of(url.get(), CURLUPART_SCHEME), host = part_of(url.get(), CURLUPART_HOST),
             port = part_of(url.get(), CURLUPART_PORT), path = part_of(url.get(), CURLUPART_PATH);
  if (!scheme || std::ranges::find(kSchemes, *scheme) == kSchemes.end()) return invalid(form);
  if (!host || host->empty() || !port || *port == "0") return invalid(form);
  if (path.value_or("/") != "/" || part_of(url.get(), CURLUPART_QUERY) || part_of(url.get(), CURLUPART_FRAGMENT)) {
    return invalid(form);
  }
  Proxy proxy;
  proxy.url = *scheme + "://" + *host + ":" + *port;
  proxy.resolves_names = *scheme != "socks5";
  const auto user = part_of(url.get(), CURLUPART_USER), password = part_of(url.get(), CURLUPART_PASSWORD);
  if (user == kMask) return invalid("has its user and password hidden; write them, or leave them out with the @");
  const auto decoded_user = part_of(url.get(), CURLUPART_USER, CURLU_URLDECODE);
  const auto decoded_password = part_of(url.get(), CURLUPART_PASSWORD, CURLU_URLDECODE);
  if (user.has_value() != decoded_user.has_value() || password.has_value() != decoded_password.has_value()) {
    return invalid("has a user or password that cannot be sent: they hold a control character");
  }
  proxy.user = decoded_user.value_or("");
  proxy.password = decoded_password.value_or("");
  return proxy;
}

std::string without_credentials(std::string_view proxy) {
  const std::size_t begin = begin_of_authority(proxy), end = end_of_credentials(proxy, begin);
  if (begin == end) return std::string(proxy);
  return std::string(proxy.substr(0, begin)) + std::string(kMask) + "@" + std::string(proxy.substr(end));
}

Failure failure_at_proxy(const ProxyEnd& end) {
  switch (end.socks_error) {
    case CURLPX_REPLY_CONNECTION_REFUSED:
      return make_failure(FailureName::tcp_refused, "the proxy says: connection refused", end.code);
    case CURLPX_REPLY_HOST_UNREACHABLE:
    case CURLPX_REPLY_TTL_EXPIRED:
      return make_failure(FailureName::tcp_timeout, "the proxy says: nothing there answers", end.code);
    default: break;
  }
  return make_failure(FailureName::proxy_failure, one_line(text_of(end)),
                      end.connect_status != 0 ? end.connect_status : end.code);
}

}  // namespace linkaudit::probes

#include "probes/fetch/url.h"

#include <arpa/inet.h>
#include <curl/curl.h>
#include <unicode/uidna.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <memory>

#include "probes/fetch/curl_handles.h"
#include "probes/page/ascii.h"
#include "probes/page/url.h"

namespace linkaudit::probes {
namespace {

constexpr std::size_t kLongestUrl = 32 * 1024;
constexpr std::size_t kLongestScheme = 32;  // that a message names

using Text = tl::expected<std::string, UrlProblem>;

tl::unexpected<UrlProblem> invalid(std::string text) {
  return tl::unexpected(UrlProblem{FailureName::invalid_url, std::move(text)});
}

// Trimmed, without tabs and line breaks, other bytes outside printable ASCII percent-encoded (in the host too: they
// are decoded there again), backslashes before the query turned into slashes.
std::string cleaned(std::string_view text) {
  const auto is_blank = [](char c) { return static_cast<unsigned char>(c) <= 0x20; };
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  std::string result;
  result.reserve(text.size());
  bool before_query = true;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '?' || c == '#') before_query = false;
    if (c == '\t' || c == '\n' || c == '\r') continue;
    if (c == '\\' && before_query) {
      result += '/';
    } else if (byte <= 0x20 || byte >= 0x7f) {
      constexpr std::string_view digits = "0123456789ABCDEF";
      result += '%';
      result += digits[byte >> 4];
      result += digits[byte & 15];
    } else {
      result += c;
    }
  }
  return result;
}

// A backslash before or at the end of the host: browsers end the host there, many parsers do not.
bool backslash_near_host(std::string_view text, bool relative) {
  if (const auto scheme = scheme_of(text); !scheme.empty()) text.remove_prefix(scheme.size() + 1);
  const auto slashes = std::min(text.find_first_not_of("/\\"), text.size());
  if (relative && slashes < 2) return false;
  if (text.substr(0, slashes).find('\\') != std::string_view::npos) return true;
  const auto end = text.find_first_of("/\\?#", slashes);
  return end != std::string_view::npos && text[end] == '\\';
}

// The last label is a number, so that the host is an address or nothing (WHATWG URL, "ends in a number").
bool ends_in_number(std::string_view host) {
  const auto label = host.substr(host.rfind('.') + 1);
  if (label.empty()) return false;
  if (std::ranges::all_of(label, is_digit)) return true;
  return label.starts_with("0x") && label.find_first_not_of("0123456789abcdef", 2) == std::string_view::npos;
}

Text ascii_name(const std::string& host) {
  if (std::ranges::none_of(host, [](char c) { return static_cast<unsigned char>(c) >= 0x80; })) return to_lower(host);
  UErrorCode error = U_ZERO_ERROR;
  const std::unique_ptr<UIDNA, decltype(&uidna_close)> idna(
      uidna_openUTS46(UIDNA_CHECK_BIDI | UIDNA_CHECK_CONTEXTJ | UIDNA_NONTRANSITIONAL_TO_ASCII, &error), &uidna_close);
  std::array<char, 512> name{};
  UIDNAInfo info = UIDNA_INFO_INITIALIZER;
  const int length = uidna_nameToASCII_UTF8(idna.get(), host.data(), static_cast<int>(host.size()), name.data(),
                                            static_cast<int>(name.size()), &info, &error);
  if (U_FAILURE(error) || info.errors != 0) return invalid("its host is no valid international domain name");
  return std::string(name.data(), static_cast<std::size_t>(length));
}

struct HostParts {
  std::string host;
  std::optional<Address> address;
};

tl::expected<HostParts, UrlProblem> normal_host(const std::string& given) {
  if (given.starts_with('[')) {
    const auto address = parse_address(std::string_view(given).substr(1, given.size() - 2));
    if (!address) return invalid("its host is no valid IPv6 address");
    return HostParts{to_string(*address), address};
  }
  auto name = ascii_name(given);
  if (!name) return tl::unexpected(name.error());
  std::string host = std::move(*name);
  const bool empty_label = host.find("..") != std::string::npos || host.starts_with('.');
  if (host.ends_with('.')) host.pop_back();
  if (host.empty() || host.size() > 253 || empty_label) {
    return invalid("its host is no valid name");
  }
  // WHATWG URL Standard, "forbidden domain code point". A percent sign that is left would be decoded once more by
  // libcurl, which then asks for another host.
  if (host.find_first_of("#/:<>?@[\\]^|% \x7F") != std::string::npos) return invalid("its host is no valid name");
  if (!ends_in_number(host)) return HostParts{std::move(host), std::nullopt};
  in_addr parsed{};
  if (inet_aton(host.c_str(), &parsed) == 0) return invalid("its host is neither a name nor an address");
  Address address;
  std::copy_n(reinterpret_cast<const std::uint8_t*>(&parsed.s_addr), 4, address.bytes.begin());
  return HostParts{to_string(address), address};
}

Text part(CURLU* handle, CURLUPart which, unsigned flags = 0) {
  char* value = nullptr;
  if (const auto code = curl_url_get(handle, which, &value, flags); code != CURLUE_OK) {
    return invalid(curl_url_strerror(code));
  }
  std::string text(value);
  curl_free(value);
  return text;
}

// Takes apart what libcurl has parsed, and puts the normal forms back into it.
tl::expected<Url, UrlProblem> url_of(CURLU* handle) {
  Url url;
  url.scheme = to_lower(part(handle, CURLUPART_SCHEME).value_or(std::string()));
  const auto given = part(handle, CURLUPART_HOST);
  if (!given) return tl::unexpected(given.error());
  if (part(handle, CURLUPART_ZONEID)) return invalid("its IPv6 address has a zone");
  const auto host = normal_host(*given);
  if (!host) return tl::unexpected(host.error());
  url.host = host->host;
  url.address = host->address;
  if (part(handle, CURLUPART_USER) || part(handle, CURLUPART_PASSWORD)) {
    url.doubt = "it holds a user name before its host";
    curl_url_set(handle, CURLUPART_USER, nullptr, 0);
    curl_url_set(handle, CURLUPART_PASSWORD, nullptr, 0);
  }
  const std::string bracketed = url.address && url.address->v6 ? "[" + url.host + "]" : url.host;
  if (const auto code = curl_url_set(handle, CURLUPART_HOST, bracketed.c_str(), 0); code != CURLUE_OK) {
    return invalid(curl_url_strerror(code));
  }
  const auto port = part(handle, CURLUPART_PORT, CURLU_DEFAULT_PORT).value_or("");
  std::from_chars(port.data(), port.data() + port.size(), url.port);
  if (url.port == 0) return invalid("its port is not between 1 and 65535");
  auto text = part(handle, CURLUPART_URL, CURLU_NO_DEFAULT_PORT);
  if (!text) return tl::unexpected(text.error());
  url.text = std::move(*text);
  return url;
}

tl::expected<Url, UrlProblem> parse(std::string_view text, const Url* base) {
  if (text.size() > kLongestUrl) return invalid("it is longer than 32 KiB");
  std::string clean = cleaned(text);
  const std::string scheme = to_lower(scheme_of(clean));
  if (scheme.empty() && base == nullptr) return invalid("it does not begin with http:// or https://");
  if (!scheme.empty() && scheme != "http" && scheme != "https") {
    return tl::unexpected(UrlProblem{FailureName::refused_scheme,
                                     "only http and https are fetched, not " + scheme.substr(0, kLongestScheme)});
  }
  const std::string_view after = std::string_view(clean).substr(scheme.empty() ? 0 : scheme.size() + 1);
  if (after.starts_with("///")) return invalid("it has no host");
  if (base != nullptr && clean.starts_with('#')) clean = base->text.substr(0, base->text.find('#')) + clean;

  const CurlUrl handle(curl_url());
  if (base != nullptr) curl_url_set(handle.get(), CURLUPART_URL, base->text.c_str(), 0);
  if (const auto code = curl_url_set(handle.get(), CURLUPART_URL, clean.c_str(), 0); code != CURLUE_OK) {
    return invalid(curl_url_strerror(code));
  }
  auto url = url_of(handle.get());
  if (url && backslash_near_host(text, scheme.empty())) url->doubt = "a backslash stands before or after its host";
  return url;
}

}  // namespace

tl::expected<Url, UrlProblem> parse_url(std::string_view text) {
  return parse(text, nullptr);
}

tl::expected<Url, UrlProblem> resolve_url(const Url& base, std::string_view reference) {
  return parse(reference, &base);
}

bool same_document(const Url& a, const Url& b) {
  const auto without_fragment = [](const Url& url) { return std::string_view(url.text).substr(0, url.text.find('#')); };
  return without_fragment(a) == without_fragment(b);
}

}  // namespace linkaudit::probes

#include "probes/page/url.h"

#include <libpsl.h>

#include <algorithm>
#include <array>

#include "probes/page/ascii.h"

namespace linkaudit::probes {
namespace {

// From behind "scheme:" on; the whole URL when it has none.
std::string_view behind_scheme(std::string_view url) {
  const std::string_view scheme = scheme_of(url);
  return scheme.empty() ? url : url.substr(scheme.size() + 1);
}

std::string_view behind_authority(std::string_view url) {
  const std::string_view rest = behind_scheme(url);
  if (!rest.starts_with("//")) return rest;
  return rest.substr(std::min(rest.find_first_of("/?#\\", 2), rest.size()));
}

}  // namespace

std::string_view scheme_of(std::string_view url) {
  if (url.empty() || !is_alpha(url.front())) return {};
  std::size_t at = 1;
  while (at < url.size() &&
         (is_alpha(url[at]) || is_digit(url[at]) || url[at] == '+' || url[at] == '-' || url[at] == '.'))
    ++at;
  return at < url.size() && url[at] == ':' ? url.substr(0, at) : std::string_view{};
}

std::string host_of(std::string_view url) {
  std::string_view authority = behind_scheme(url);
  if (!authority.starts_with("//")) return {};
  authority.remove_prefix(2);
  authority = authority.substr(0, authority.find_first_of("/?#\\"));
  if (const std::size_t user = authority.rfind('@'); user != std::string_view::npos) authority.remove_prefix(user + 1);
  if (authority.starts_with('[')) {
    const std::string_view address = authority.substr(1, authority.find(']') - 1);
    const bool sound = address.find(':') != std::string_view::npos && !address.ends_with('.');
    return sound ? to_lower(address) : std::string();
  }
  authority = authority.substr(0, authority.find(':'));
  if (authority.ends_with('.')) authority.remove_suffix(1);
  return to_lower(authority);
}

std::string_view path_of(std::string_view url) {
  const std::string_view rest = behind_authority(url);
  return rest.substr(0, rest.find_first_of("?#"));
}

std::string_view query_of(std::string_view url) {
  std::string_view rest = behind_authority(url);
  rest = rest.substr(0, rest.find('#'));
  const std::size_t mark = rest.find('?');
  return mark == std::string_view::npos ? std::string_view{} : rest.substr(mark + 1);
}

std::string percent_decode(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size(); ++at) {
    const int high = text[at] == '%' && at + 2 < text.size() ? hex_value(text[at + 1]) : -1;
    const int low = high >= 0 ? hex_value(text[at + 2]) : -1;
    if (low >= 0) {
      out.push_back(static_cast<char>(static_cast<unsigned char>(high * 16 + low)));
      at += 2;
    } else {
      out.push_back(text[at]);
    }
  }
  return out;
}

std::optional<std::string> query_parameter(std::string_view url, std::string_view name) {
  std::string_view query = query_of(url);
  while (!query.empty()) {
    const std::string_view pair = query.substr(0, query.find('&'));
    const std::size_t equals = pair.find('=');
    if (pair.substr(0, equals) == name && equals != std::string_view::npos) {
      return percent_decode(pair.substr(equals + 1));
    }
    query.remove_prefix(std::min(pair.size() + 1, query.size()));
  }
  return std::nullopt;
}

bool lacks_slashes(std::string_view url) {
  const std::string_view scheme = scheme_of(url);
  const bool web = equals_ignoring_case(scheme, "http") || equals_ignoring_case(scheme, "https");
  return web && !url.substr(scheme.size() + 1).starts_with("//");
}

bool is_app_url(std::string_view url) {
  constexpr std::array<std::string_view, 15> kNoApp = {"http",   "https", "javascript", "data",     "about",
                                                       "mailto", "tel",   "sms",        "blob",     "file",
                                                       "ftp",    "ws",    "wss",        "vbscript", "view-source"};
  const std::string scheme = to_lower(scheme_of(url));
  if (scheme.empty() || std::find(kNoApp.begin(), kNoApp.end(), scheme) != kNoApp.end()) return false;
  // "localhost:8080/x" has a scheme by the grammar, but means none.
  return scheme == "intent" || url.substr(scheme.size() + 1).starts_with("//");
}

bool is_ip_literal(std::string_view host) {
  if (host.find(':') != std::string_view::npos) return true;
  return !host.empty() && is_digit(host.back()) && host.find_first_not_of("0123456789.") == std::string_view::npos;
}

bool in_domain(std::string_view host, std::string_view domain) {
  if (domain.empty() || !host.ends_with(domain)) return false;
  if (host.size() == domain.size()) return true;
  return host[host.size() - domain.size() - 1] == '.' && !is_ip_literal(host);
}

std::string registrable_domain(const std::string& host) {
  if (is_ip_literal(host) || host.find('\0') != std::string::npos) return host;
  const char* domain = psl_registrable_domain(psl_builtin(), host.c_str());
  return domain == nullptr ? host : domain;
}

}  // namespace linkaudit::probes

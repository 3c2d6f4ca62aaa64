#include "probes/fetch/request_headers.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "probes/fetch/credential_fields.h"
#include "probes/page/ascii.h"

namespace linkaudit::probes {
namespace {

template <std::size_t size>
bool in(const std::array<std::string_view, size>& names, std::string_view name) {
  return std::ranges::find(names, name) != names.end();
}

bool sendable(const std::string& text) {
  return text.find_first_of(std::string_view("\r\n\0", 3)) == std::string::npos;
}

}  // namespace

CurlList request_headers(const Client& client, bool with_credentials) {
  constexpr std::array<std::string_view, 10> not_by_itself = {
      "accept-encoding", "connection",        "content-length", "cookie", "host", "proxy-authorization", "te",
      "trailer",         "transfer-encoding", "user-agent"};
  CurlList list;
  bool accept = false, language = false;
  for (const auto& [name, value] : client.headers) {
    const std::string key = to_lower(name);
    if (key.empty() || in(not_by_itself, key) || !sendable(name) || !sendable(value)) continue;
    if (!with_credentials && is_credential_field(key)) continue;
    accept = accept || key == "accept";
    language = language || key == "accept-language";
    append(list, value.empty() ? name + ";" : name + ": " + value);  // libcurl sends an empty field for "name;"
  }
  if (!accept) append(list, "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8");
  if (!language) append(list, "Accept-Language: zh-CN,zh;q=0.9,en;q=0.8");
  append(list, "Accept-Encoding: gzip, deflate, br, zstd");
  return list;
}

std::string cookies_of(const Client& client) {
  std::string cookies;
  for (const auto& [name, value] : client.headers) {
    if (to_lower(name) != "cookie" || value.empty() || !sendable(value)) continue;
    cookies += (cookies.empty() ? "" : "; ") + value;
  }
  return cookies;
}

}  // namespace linkaudit::probes

#include "probes/fetch/request_headers.h"

#include <algorithm>
#include <array>
#include <string_view>

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
  constexpr std::array<std::string_view, 9> of_connection = {
      "accept-encoding", "connection",        "content-length", "host", "proxy-authorization", "te",
      "trailer",         "transfer-encoding", "user-agent"};
  constexpr std::array<std::string_view, 2> credentials = {"authorization", "cookie"};
  CurlList list;
  bool accept = false, language = false;
  for (const auto& [name, value] : client.headers) {
    const std::string key = to_lower(name);
    if (key.empty() || in(of_connection, key) || !sendable(name) || !sendable(value)) continue;
    if (in(credentials, key) && !with_credentials) continue;
    accept = accept || key == "accept";
    language = language || key == "accept-language";
    append(list, value.empty() ? name + ";" : name + ": " + value);  // libcurl sends an empty field for "name;"
  }
  if (!accept) append(list, "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8");
  if (!language) append(list, "Accept-Language: zh-CN,zh;q=0.9,en;q=0.8");
  append(list, "Accept-Encoding: gzip, deflate, br, zstd");
  return list;
}

}  // namespace linkaudit::probes

#include "probes/fetch/credential_fields.h"

#include <algorithm>
#include <string>

#include "probes/page/ascii.h"

namespace linkaudit::probes {

bool is_credential_field(std::string_view name) {
  constexpr std::string_view words[] = {
      "authorization", "auth",       "cookie",      "cookie2",   "token",     "tokens", "key",           "apikey",
      "secret",        "password",   "passwd",      "session",   "sessionid", "sid",    "ticket",        "signature",
      "jwt",           "credential", "credentials", "authtoken", "csrf",      "xsrf",   "authentication"};
  const std::string lower = to_lower(name);
  if (lower.starts_with("access-control-")) return false;  // says who may read an answer
  for (std::size_t begin = 0; begin <= lower.size();) {
    const std::size_t end = std::min(lower.find_first_of("-_", begin), lower.size());
    const std::string_view word = std::string_view(lower).substr(begin, end - begin);
    if (std::ranges::find(words, word) != std::end(words)) return true;
    begin = end + 1;
  }
  return false;
}

Client without_credential_fields(Client client) {
  std::erase_if(client.headers, [](const auto& header) { return is_credential_field(header.first); });
  return client;
}

}  // namespace linkaudit::probes

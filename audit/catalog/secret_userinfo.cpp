// mask_userinfo().
#include <algorithm>

#include "audit/catalog/credentials.h"
#include "audit/catalog/secret_signs.h"

namespace linkaudit::catalog {
namespace {

constexpr std::size_t kNowhere = std::string_view::npos;

// Of one URL in a text: what stands between "://" and the path.
struct Authority {
  std::size_t begin = 0, end = 0;
  int depth = 0;              // how often the URL is percent-encoded
  int deepest = 0;            // how often the @ may be: once more where the URL is the value of a parameter
  std::size_t at = kNowhere;  // the last @ in it
  std::size_t behind = 0;     // what comes after that
};

// Behind "://" that begins here; kNowhere when it does not.
std::size_t behind_scheme(std::string_view text, std::size_t at, int& depth) {
  for (const char* wanted : {":", "/", "/"}) {
    const Sign sign = at < text.size() ? sign_at(text, at, wanted) : Sign{};
    if (sign.length == 0) return kNowhere;
    depth = std::max(depth, sign.depth);
    at += sign.length;
  }
  return at;
}

// Up to where `ends` says.
template <typename Ends>
void read_on(std::string_view text, Authority& authority, const Ends& ends) {
  while (authority.end < text.size() && !ends_url(text, authority.end) && !ends(authority.end)) {
    if (text[authority.end] == '&') authority.deepest = authority.depth;  // the next parameter
    const Sign sign = sign_at(text, authority.end, "@");
    const bool found = sign.length > 0 && sign.depth <= authority.deepest;
    if (found) authority.at = authority.end;
    authority.end += found ? sign.length : 1;
    if (found) authority.behind = authority.end;
  }
}

bool is_port(std::string_view text) {
  return text.size() <= 5 && text.find_first_not_of("0123456789") == kNowhere;
}

// "user:pa/ss@host" is no valid URL, and yet what was typed.
bool seems_cut(std::string_view host) {
  const std::size_t colon = host.find(':');
  return colon != kNowhere && !host.starts_with('[') && !is_port(host.substr(colon + 1));
}

// Whether the URL whose "://" is at `colon` is the value of a parameter: whoever takes that decodes it once.
bool is_value(std::string_view text, std::size_t colon) {
  const auto in_scheme = [](char letter) {
    return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') || letter == '+';
  };
  while (colon > 0 && in_scheme(text[colon - 1])) --colon;
  return text.substr(0, colon).ends_with('=');
}

Authority authority_at(std::string_view text, std::size_t begin, int depth, bool value) {
  Authority authority{begin, begin, depth, depth + (value ? 1 : 0), kNowhere, begin};
  read_on(text, authority, [&](std::size_t at) {
    const Sign sign = sign_at(text, at, depth > 0 ? "/?#&" : "/?#");
    return sign.length > 0 && sign.depth <= depth;
  });
  if (authority.at == kNowhere && depth == 0 && seems_cut(text.substr(begin, authority.end - begin))) {
    read_on(text, authority, [&](std::size_t at) { return text[at] == '?' || text[at] == '#'; });
  }
  return authority;
}

// What is shown of the user and the password, the @ included.
std::string shown(std::string_view user, std::string_view sign) {
  const std::size_t colon = user.find(':');
  if (user.substr(colon + 1) == kHidden) return std::string(user).append(sign);  // was masked before
  // Browsers end the host at a backslash, others do not: what was given is to be seen, but for what may be a password.
  if (user.find('\\') == kNowhere) return {};
  const std::string_view port = colon == kNowhere ? "" : user.substr(colon + 1, user.find('\\', colon) - colon - 1);
  if (colon == kNowhere || (!port.empty() && is_port(port))) return std::string(user).append(sign);
  return std::string(user.substr(0, colon + 1)).append(kHidden).append(sign);
}

}  // namespace

std::string mask_userinfo(std::string_view text) {
  std::string masked;
  std::size_t done = 0;
  for (std::size_t at = 0; (at = text.find_first_of(":%", at)) != kNowhere;) {
    int depth = 0;
    const std::size_t begin = behind_scheme(text, at, depth);
    if (begin == kNowhere) {
      ++at;
      continue;
    }
    const Authority authority = authority_at(text, begin, depth, is_value(text, at));
    at = authority.end;
    if (authority.at == kNowhere) continue;
    masked.append(text, done, begin - done);
    masked +=
        shown(text.substr(begin, authority.at - begin), text.substr(authority.at, authority.behind - authority.at));
    done = authority.behind;
  }
  return masked.append(text.substr(done));
}

}  // namespace linkaudit::catalog

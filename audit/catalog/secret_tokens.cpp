#include "audit/catalog/secret_tokens.h"

#include <algorithm>
#include <cctype>

#include "audit/catalog/credentials.h"
#include "probes/page/ascii.h"

namespace linkaudit::catalog {
namespace {

constexpr std::size_t kNotThere = std::string_view::npos;

bool is_upper(char letter) {
  return letter >= 'A' && letter <= 'Z';
}
bool is_lower(char letter) {
  return letter >= 'a' && letter <= 'z';
}
bool is_digit(char letter) {
  return letter >= '0' && letter <= '9';
}
bool is_word(char letter) {
  return is_upper(letter) || is_lower(letter) || is_digit(letter);
}

// token68 of RFC 9110 section 11.2, without the dot that ends a sentence.
std::string_view token_at(std::string_view text, std::size_t at) {
  std::size_t end = at;
  while (end < text.size() && (is_word(text[end]) || std::string_view("-._~+/=").find(text[end]) != kNotThere)) ++end;
  while (end > at && text[end - 1] == '.') --end;
  return text.substr(at, end - at);
}

bool has_digit(std::string_view value) {
  return std::ranges::any_of(value, is_digit);
}

// As no word is written: a capital behind a small letter.
bool is_mixed(std::string_view value) {
  return std::ranges::adjacent_find(value, [](char a, char b) { return is_lower(a) && is_upper(b); }) != value.end();
}

// Words that follow "Bearer" where it is spoken of.
bool is_of_speech(std::string_view word) {
  constexpr std::string_view words[] = {"token",   "tokens",  "authentication", "authorization", "auth",
                                        "scheme",  "schemes", "credential",     "credentials",   "header",
                                        "headers", "format",  "challenge",      "challenges",    "shares",
                                        "access",  "realm",   "errors",         "method",        "should"};
  return std::ranges::any_of(words, [&](std::string_view each) { return probes::equals_ignoring_case(each, word); });
}

bool is_bearer_token(std::string_view value, bool capital) {
  if (value.size() < 6) return false;
  if (value.size() >= 8 && (has_digit(value) || is_mixed(value) || value.ends_with('='))) return true;
  return value.size() >= 20 || (capital && !is_of_speech(value));
}

// Base64 of "user:password", as far as can be told from outside.
bool is_basic_token(std::string_view value) {
  if (value.size() < 8 || value.size() % 4 != 0 || value.find_first_of("-._~") != kNotThere) return false;
  return value.ends_with('=') || ((has_digit(value) || is_mixed(value)) && std::ranges::any_of(value, is_lower));
}

// Of what begins here: how much of it is a secret, behind how much that is not; to be passed over at once when neither.
struct Found {
  std::size_t before = 0, length = 0, passed = 1;
};

Found found_at(std::string_view text, std::size_t at) {
  const auto behind = [&](std::string_view scheme) {
    std::size_t next = at + scheme.size();
    if (!probes::equals_ignoring_case(text.substr(at, scheme.size()), scheme)) return kNotThere;
    if (next < text.size() && text[next] == ':') ++next;
    const std::size_t blanks = next;
    while (next < text.size() && (text[next] == ' ' || text[next] == '\t')) ++next;
    return next > blanks ? next : kNotThere;
  };
  if (const std::size_t next = behind("bearer"); next != kNotThere) {
    const std::string_view token = token_at(text, next);
    if (token.ends_with('=') && text.substr(next + token.size()).starts_with('"')) return {};  // realm="x": a challenge
    return {next - at, is_bearer_token(token, is_upper(text[at])) ? token.size() : 0};
  }
  if (const std::size_t next = behind("basic"); next != kNotThere) {
    const std::string_view token = token_at(text, next);
    return {next - at, is_basic_token(token) ? token.size() : 0};
  }
  if (text.substr(at, 3) != "eyJ") return {};
  const std::string_view token = token_at(text, at);
  return {0, token.size() >= 20 && std::ranges::count(token, '.') >= 1 ? token.size() : 0, token.size()};
}

}  // namespace

bool is_made_by_machine(std::string_view value) {
  if (value.size() > 256) return true;
  return value.size() >= 16 && has_digit(value) &&
         std::ranges::any_of(value, [](char letter) { return is_upper(letter) || is_lower(letter); });
}

std::string mask_tokens(std::string_view text) {
  std::string masked;
  std::size_t done = 0;
  for (std::size_t at = 0; (at = text.find_first_of("bBe", at)) != kNotThere;) {
    const bool begins = at == 0 || !is_word(text[at - 1]);
    const Found found = begins ? found_at(text, at) : Found{};
    if (found.length == 0) {
      at += found.passed;
      continue;
    }
    masked.append(text, done, at + found.before - done).append(kHidden);
    at = done = at + found.before + found.length;
  }
  return masked.append(text.substr(done));
}

}  // namespace linkaudit::catalog

// mask_words().
#include <algorithm>
#include <array>
#include <cctype>

#include "audit/catalog/credentials.h"
#include "audit/catalog/secret_signs.h"
#include "audit/catalog/secret_tokens.h"
#include "probes/fetch/credential_fields.h"
#include "probes/page/ascii.h"

namespace linkaudit::catalog {
namespace {

using probes::equals_ignoring_case;

constexpr std::size_t kNone = std::string_view::npos;
constexpr std::size_t kLongestName = 64;

bool is_blank(char letter) {
  return letter == ' ' || letter == '\t';
}

bool is_quote(char letter) {
  return letter == '"' || letter == '\'' || letter == '`';
}

template <std::size_t size>
bool in(const std::array<std::string_view, size>& names, std::string_view name) {
  return std::ranges::any_of(names, [&](std::string_view each) { return equals_ignoring_case(each, name); });
}

// What says that a value follows: "=", ":", "=>", ":=", and the wide ones that Chinese is typed with.
struct Mark {
  std::size_t length = 0;
  bool colon = false;
};

Mark mark_at(std::string_view text, std::size_t at) {
  const std::string_view rest = text.substr(at, 3);
  if (rest == "\xef\xbc\x9a") return {3, true};
  if (rest == "\xef\xbc\x9d") return {3, false};
  if (rest == "://") return {};
  if (rest.starts_with(":=") || rest.starts_with("=>") || rest.starts_with("==")) return {2, false};
  if (rest.starts_with('=')) return {1, false};
  return {rest.starts_with(':') ? 1U : 0U, true};
}

// The name before a mark.
struct Name {
  std::string_view text;
  bool quoted = false;  // as in JSON: "name": ...
  char opened = '\0';   // the quote before it that goes on behind the mark: 'Cookie: a=b'
};

Name name_before(std::string_view text, std::size_t mark) {
  const std::size_t least = mark - std::min(mark, kLongestName);
  std::size_t end = mark;
  while (end > least && is_blank(text[end - 1])) --end;
  Name name;
  if (end > least && is_quote(text[end - 1])) {
    name.quoted = true;
    --end;
    if (end > least && text[end - 1] == '\\') --end;
  }
  std::size_t begin = end;
  while (begin > least && in_name(text[begin - 1])) --begin;
  name.text = text.substr(begin, end - begin);
  if (!name.quoted && begin > least && is_quote(text[begin - 1])) name.opened = text[begin - 1];
  constexpr std::array<std::string_view, 2> passwords = {"密码", "密碼"};
  for (const std::string_view each : passwords) {
    if (begin == end && text.substr(0, end).ends_with(each)) name.text = text.substr(end - each.size(), each.size());
  }
  return name;
}

enum class Kind { open, secret, header };

// What is behind the name. Some names are everyday words, too: "ticket: OPS-17" is a reference; a value that looks like
// made by a machine is masked all the same.
enum class Everyday { no, yes };

struct Meaning {
  Kind kind = Kind::open;
  Everyday everyday = Everyday::no;
};

Meaning meaning_of(const Name& name, bool colon, const std::vector<std::string>& parameters) {
  constexpr std::array<std::string_view, 6> headers = {"authorization", "proxy-authorization", "cookie",
                                                       "cookies",       "set-cookie",          "set-cookie2"};
  constexpr std::array<std::string_view, 7> passwords = {"password", "passwd", "pwd", "passphrase",
                                                         "passcode", "密码",   "密碼"};
  constexpr std::array<std::string_view, 3> everyday = {"key", "ticket", "code"};
  const std::string_view last = name.text.substr(name.text.rfind('.') + 1);  // of config.token
  if (last.empty()) return {};
  if (in(headers, last)) return {colon || name.quoted ? Kind::header : Kind::secret};
  const bool field = last.find('-') != kNone && probes::is_credential_field(last);
  if (!in(passwords, last) && !field && !is_named(last, parameters)) return {};
  return {Kind::secret, colon && !name.quoted && in(everyday, last) ? Everyday::yes : Everyday::no};
}

struct Range {
  std::size_t begin = 0, end = 0;
};

std::size_t find_on_line(std::string_view text, char letter, std::size_t at) {
  while (at < text.size() && text[at] != letter && text[at] != '\r' && text[at] != '\n') ++at;
  return at;
}

// Between quotes, on one line; escaped ones (\") end at their like.
Range quoted_value(std::string_view text, std::size_t at) {
  const bool escaped = text[at] == '\\';
  const char quote = text[at + (escaped ? 1 : 0)];
  const std::size_t begin = at + (escaped ? 2 : 1);
  for (std::size_t end = find_on_line(text, quote, begin);; end = find_on_line(text, quote, end + 1)) {
    if (end == text.size() || text[end] != quote) return {begin, end};
    const bool by_backslash = end > begin && text[end - 1] == '\\';
    if (by_backslash == escaped) return {begin, end - (escaped ? 1 : 0)};
  }
}

// One word, without what is the sentence's.
Range word_at(std::string_view text, std::size_t at) {
  std::size_t end = at;
  while (end < text.size() && !ends_url(text, end) && text[end] != '&' && text[end] != ';') ++end;
  while (end > at && std::string_view(".,:!?)]}\\").find(text[end - 1]) != kNone) --end;
  return {at, end};
}

Range bare_value(std::string_view text, std::size_t at) {
  constexpr std::array<std::string_view, 6> schemes = {"bearer", "basic", "digest", "negotiate", "token", "apikey"};
  const Range word = word_at(text, at);
  if (!in(schemes, text.substr(at, word.end - at))) return word;
  std::size_t next = word.end;
  while (next < text.size() && is_blank(text[next])) ++next;
  const Range credentials = word_at(text, next);
  return credentials.end > next ? Range{at, credentials.end} : word;
}

// What is to be masked behind a mark; nothing when there is nothing.
Range value_behind(std::string_view text, std::size_t at, const Name& name, Meaning meaning) {
  while (at < text.size() && is_blank(text[at])) ++at;
  while (at < text.size() && name.quoted && (text[at] == '[' || text[at] == '{')) ++at;
  if (at == text.size()) return {at, at};
  const bool quoted = is_quote(text[at]) || (text[at] == '\\' && at + 1 < text.size() && is_quote(text[at + 1]));
  if (meaning.kind == Kind::header && !(quoted && name.quoted)) {
    return {at, find_on_line(text, name.opened == '\0' ? '\n' : name.opened, at)};
  }
  const Range value = quoted ? quoted_value(text, at) : bare_value(text, at);
  const bool shown =
      meaning.everyday == Everyday::yes && !is_made_by_machine(text.substr(value.begin, value.end - value.begin));
  return shown ? Range{value.end, value.end} : value;
}

std::string mask_values(std::string_view text, const std::vector<std::string>& parameters) {
  std::string masked;
  std::size_t done = 0;
  for (std::size_t at = 0; (at = text.find_first_of(":=\xef", at)) != kNone;) {
    const Mark mark = mark_at(text, at);
    if (mark.length == 0) {
      ++at;
      continue;
    }
    const Name name = name_before(text.substr(done), at - done);
    const Meaning meaning = meaning_of(name, mark.colon, parameters);
    at += mark.length;
    if (meaning.kind == Kind::open) continue;
    const Range value = value_behind(text, at, name, meaning);
    if (value.end == value.begin) continue;
    masked.append(text, done, value.begin - done).append(kHidden);
    at = done = value.end;
  }
  return masked.append(text.substr(done));
}

}  // namespace

std::string mask_words(std::string_view text, const std::vector<std::string>& parameters) {
  return mask_tokens(mask_values(mask_parameters(mask_userinfo(text), parameters), parameters));
}

}  // namespace linkaudit::catalog

#include "audit/run/head_mask.h"

#include <algorithm>

#include "audit/catalog/secret_tokens.h"
#include "audit/run/secrets.h"
#include "probes/fetch/credential_fields.h"
#include "probes/page/ascii.h"

namespace linkaudit::run {
namespace {

using probes::equals_ignoring_case;
using probes::trim;

constexpr std::size_t kMostKnown = 256;
constexpr std::size_t kLongestKnown = 512;

template <std::size_t size>
bool in(const std::string_view (&names)[size], std::string_view name) {
  return std::any_of(std::begin(names), std::end(names), [&](auto each) { return equals_ignoring_case(each, name); });
}

// What a server says of a cookie, RFC 6265 section 4.1.2: no secret.
bool is_attribute(std::string_view name) {
  constexpr std::string_view names[] = {"domain", "expires",  "httponly", "max-age", "partitioned",
                                        "path",   "priority", "samesite", "secure",  "version"};
  return in(names, name);
}

// "a=b; c=d" with each value masked.
std::string mask_cookies(std::string_view pairs, bool with_attributes) {
  std::string masked;
  for (std::size_t begin = 0; begin <= pairs.size();) {
    const std::size_t end = std::min(pairs.find(';', begin), pairs.size());
    const std::string_view pair = pairs.substr(begin, end - begin);
    const std::size_t equals = pair.find('=');
    const bool attribute = with_attributes && begin > 0 && is_attribute(trim(pair.substr(0, equals)));
    if (attribute || trim(pair).empty()) {
      masked.append(pair);
    } else if (equals == std::string_view::npos) {
      masked.append(" ").append(kMask);
    } else {
      masked.append(pair.substr(0, equals + 1)).append(kMask);
    }
    if (end < pairs.size()) masked += ';';
    begin = end + 1;
  }
  return masked;
}

}  // namespace

HeadMask::Field HeadMask::field_named(std::string_view name) {
  constexpr std::string_view set_cookie[] = {"set-cookie", "set-cookie2"};
  if (in(set_cookie, name)) return Field::set_cookie;
  if (equals_ignoring_case(name, "cookie")) return Field::cookies;
  constexpr std::string_view challenges[] = {"www-authenticate", "proxy-authenticate"};
  if (in(challenges, name)) return Field::challenge;
  return probes::is_credential_field(name) ? Field::credentials : Field::open;
}

std::string HeadMask::value(std::string_view value, Field field) const {
  switch (field) {
    case Field::open: return catalog::mask_tokens(mask_parameters(catalog::mask_userinfo(value), parameters_));
    case Field::challenge: return mask_words(value, parameters_);  // Bearer realm="shown", token="hidden"
    case Field::credentials: return " " + std::string(kMask);
    case Field::cookies: return mask_cookies(value, false);
    case Field::set_cookie: return mask_cookies(value, true);
  }
  return {};
}

const HeadMask::Line& HeadMask::field_line(std::string_view line, std::size_t colon, std::size_t end) {
  if (const auto known = known_.find(line); known != known_.end()) return known->second;
  if (known_.size() >= kMostKnown) known_.clear();
  Line made{field_named(trim(line.substr(0, colon))), std::string(line.substr(0, colon + 1))};
  made.masked.append(value(line.substr(colon + 1, end - colon - 1), made.field)).append(line.substr(end));
  // One place for all lines that are too long to be remembered.
  Line& kept = known_[std::string(line.size() <= kLongestKnown ? line : std::string_view())];
  return kept = std::move(made);
}

std::string HeadMask::operator()(std::string_view head) {
  std::string masked;
  masked.reserve(head.size());
  Field field = Field::open;  // a folded line (RFC 9112 section 5.2) belongs to the field before
  for (std::size_t begin = 0; begin < head.size();) {
    const std::size_t next = std::min(head.find('\n', begin), head.size() - 1) + 1;
    const std::string_view line = head.substr(begin, next - begin);
    const std::size_t end = std::min(line.find('\r'), std::min(line.find('\n'), line.size()));
    const bool folded = begin > 0 && (line.front() == ' ' || line.front() == '\t');
    const std::size_t colon = line.substr(0, end).find(':');
    if (folded || begin == 0 || colon == std::string_view::npos) {
      if (!folded) field = Field::open;
      masked.append(value(line.substr(0, end), field)).append(line.substr(end));
    } else {
      const Line& known = field_line(line, colon, end);
      field = known.field;
      masked.append(known.masked);
    }
    begin = next;
  }
  return masked;
}

}  // namespace linkaudit::run

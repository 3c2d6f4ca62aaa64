// One URL, parsed once by libcurl's URL API and normalised, so that what is checked is what is fetched.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "probes/failure.h"
#include "probes/fetch/address.h"

namespace linkaudit::probes {

struct Url {
  std::string text;    // normalised, ASCII, without user and password
  std::string scheme;  // http or https
  std::string host;    // lower case ASCII, no brackets, no trailing dot
  std::uint16_t port = 0;
  std::optional<Address> address;  // when the host is an address, in whatever spelling
  std::string doubt;               // why other programs may read its host otherwise; "" when they agree

  bool operator==(const Url&) const = default;
};

struct UrlProblem {
  FailureName name = FailureName::invalid_url;  // invalid_url or refused_scheme
  std::string text;                             // one line; does not repeat the URL
};

// Syntax only, no policy: port and address are judged by check_url(). White space around is dropped, bytes that a URL
// cannot hold are percent-encoded, backslashes are read as browsers do (WHATWG URL Standard), names become punycode
// (UTS 46), numeric hosts become dotted addresses.
tl::expected<Url, UrlProblem> parse_url(std::string_view text);

// The same for a reference found at `base`: absolute, //host/path, /path, ?query, #fragment or path.
tl::expected<Url, UrlProblem> resolve_url(const Url& base, std::string_view reference);

// True when the two have the same text but for the fragment.
bool same_document(const Url& a, const Url& b);

}  // namespace linkaudit::probes

// Named fields, "Name: value" in order: the head of a record, and blocks of type application/warc-fields.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "probes/observation.h"

namespace linkaudit::probes {

using WarcFields = std::vector<std::pair<std::string, std::string>>;

// Lines ended by CRLF. Control characters in a value, which could end its line, become spaces.
std::string in_lines(const WarcFields& fields);

// "2022-01-27T15:59:59.000Z", with milliseconds as WARC 1.1 allows.
std::string warc_date(Instant at);

// A URL for WARC-Target-URI: what is neither printable nor ASCII is percent-encoded.
std::string warc_uri(std::string_view url);

}  // namespace linkaudit::probes

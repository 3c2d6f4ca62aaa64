// Where the body of an HTTP/1 answer ends by its own word (RFC 9112 section 6.3).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "probes/exchange.h"
#include "probes/failure.h"

namespace linkaudit::probes {

struct AnnouncedLength {
  std::optional<std::uint64_t> bytes;               // nothing when no length counts
  std::string problem;                              // why nobody can say what the body is; "" when somebody can
  FailureName name = FailureName::http_incomplete;  // of the problem
};

// By the Content-Length fields of an answer without Transfer-Encoding, whose status allows a body. Several are one
// when they are the same; else the answer cannot be read (section 6.3, rule 5). Of transfer codings "chunked" alone can
// be taken off: others were not asked for (section 7.4).
AnnouncedLength announced_length(const Headers& headers, int status);

// Whether bytes behind the end of a body are more than the blank lines that some old servers send.
bool is_more_of_a_body(std::string_view bytes);

}  // namespace linkaudit::probes

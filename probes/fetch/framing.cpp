#include "probes/fetch/framing.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "probes/fetch/failure_from_curl.h"
#include "probes/fetch/header_fields.h"
#include "probes/page/ascii.h"

namespace linkaudit::probes {
namespace {

bool has_no_body(int status) {
  return status / 100 == 1 || status == 204 || status == 304;
}

std::optional<std::uint64_t> number_of(std::string_view text) {
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (text.empty() || error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

AnnouncedLength coded_transfer(std::string_view codings) {
  AnnouncedLength announced;
  while (!codings.empty()) {
    const std::size_t comma = std::min(codings.find(','), codings.size());
    const std::string_view each = trim(codings.substr(0, comma));
    codings.remove_prefix(std::min(comma + 1, codings.size()));
    if (each.empty() || equals_ignoring_case(each, "chunked") || equals_ignoring_case(each, "identity")) continue;
    announced.problem =
        one_line(fmt::format("the answer has the transfer coding \"{}\", which nobody asked for", each));
    announced.name = FailureName::decode_error;
    break;
  }
  return announced;
}

}  // namespace

AnnouncedLength announced_length(const Headers& headers, int status) {
  if (first_header(headers, "transfer-encoding")) return coded_transfer(header_value(headers, "transfer-encoding"));
  const std::string given = header_value(headers, "content-length");
  if (given.empty() || has_no_body(status)) return {};
  AnnouncedLength announced;
  for (std::string_view rest = given; announced.problem.empty();) {
    const std::size_t comma = rest.find(',');
    const std::string_view each = trim(rest.substr(0, comma));
    const auto length = number_of(each);
    if (!length) {
      announced.problem = one_line(fmt::format("the answer gives no length, but \"{}\"", each));
    } else if (announced.bytes.value_or(*length) != *length) {
      announced.problem = fmt::format("the answer gives two lengths: {} and {}", *announced.bytes, *length);
    }
    announced.bytes = length;
    if (comma == std::string_view::npos) break;
    rest.remove_prefix(comma + 1);
  }
  return announced;
}

bool is_more_of_a_body(std::string_view bytes) {
  return bytes.find_first_not_of("\r\n") != std::string_view::npos;
}

}  // namespace linkaudit::probes

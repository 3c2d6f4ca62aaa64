#include "probes/fetch/header_fields.h"

#include "probes/page/ascii.h"

namespace linkaudit::probes {
void add_header_line(Headers& headers, std::string_view line) {
  if ((line.starts_with(' ') || line.starts_with('\t')) && !headers.empty()) {
    headers.back().second.append(" ").append(trim(line));
    return;
  }
  const auto colon = line.find(':');
  if (colon == std::string_view::npos) return;
  headers.emplace_back(trim(line.substr(0, colon)), trim(line.substr(colon + 1)));
}

std::string header_value(const Headers& headers, std::string_view name) {
  std::string joined;
  for (const auto& [field, value] : headers) {
    if (!equals_ignoring_case(field, name)) continue;
    if (!joined.empty()) joined += ", ";
    joined += value;
  }
  return joined;
}

std::optional<std::string_view> first_header(const Headers& headers, std::string_view name) {
  for (const auto& [field, value] : headers) {
    if (equals_ignoring_case(field, name)) return value;
  }
  return std::nullopt;
}

std::optional<std::string_view> redirect_location(const Exchange& exchange) {
  switch (exchange.hop.status) {
    case 301:
    case 302:
    case 303:
    case 307:
    case 308: return first_header(exchange.headers, "location");
    default: return std::nullopt;
  }
}

}  // namespace linkaudit::probes

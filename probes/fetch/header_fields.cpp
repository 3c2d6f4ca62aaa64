#include "probes/fetch/header_fields.h"

#include <strings.h>

namespace linkaudit::probes {
namespace {

std::string_view trimmed(std::string_view text) {
  const auto begin = text.find_first_not_of(" \t\r\n");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1);
}

bool same_name(std::string_view a, std::string_view b) {
  return a.size() == b.size() && strncasecmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace

void add_header_line(Headers& headers, std::string_view line) {
  if ((line.starts_with(' ') || line.starts_with('\t')) && !headers.empty()) {
    headers.back().second.append(" ").append(trimmed(line));
    return;
  }
  const auto colon = line.find(':');
  if (colon == std::string_view::npos) return;
  headers.emplace_back(trimmed(line.substr(0, colon)), trimmed(line.substr(colon + 1)));
}

std::string header_value(const Headers& headers, std::string_view name) {
  std::string joined;
  for (const auto& [field, value] : headers) {
    if (!same_name(field, name)) continue;
    if (!joined.empty()) joined += ", ";
    joined += value;
  }
  return joined;
}

std::optional<std::string_view> first_header(const Headers& headers, std::string_view name) {
  for (const auto& [field, value] : headers) {
    if (same_name(field, name)) return value;
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

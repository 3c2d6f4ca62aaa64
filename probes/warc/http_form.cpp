#include "probes/warc/http_form.h"

#include <tuple>

#include "probes/page/ascii.h"

namespace linkaudit::probes {
namespace {

constexpr std::string_view kVersion = "HTTP/1.1";

// The first line with its end, and the rest.
std::pair<std::string_view, std::string_view> split_line(std::string_view text) {
  const auto end = text.find('\n');
  return end == std::string_view::npos ? std::pair(text, std::string_view())
                                       : std::pair(text.substr(0, end + 1), text.substr(end + 1));
}

}  // namespace

std::string request_in_http1(std::string_view block) {
  const auto [line, rest] = split_line(block);
  const auto version = line.rfind(" HTTP/");
  if (version == std::string_view::npos || line.substr(version + 1).starts_with("HTTP/1.")) return std::string(block);
  std::string message(line.substr(0, version + 1));
  return message.append(kVersion).append("\r\n").append(rest);
}

std::string response_in_http1(std::string_view block) {
  constexpr std::string_view coding = "transfer-encoding";
  auto [line, rest] = split_line(block);
  std::string message;
  if (line.starts_with("HTTP/") && !line.starts_with("HTTP/1.")) {
    const auto status = line.find(' ');
    message.append(kVersion).append(status == std::string_view::npos ? " 000 \r\n" : line.substr(status));
  } else {
    message.append(line);
  }
  while (!rest.empty()) {
    std::tie(line, rest) = split_line(rest);
    const auto name = line.substr(0, line.find(':'));
    if (equals_ignoring_case(trim(name), coding)) message.append("X-Orig-");
    message.append(line);
  }
  return message;
}

}  // namespace linkaudit::probes

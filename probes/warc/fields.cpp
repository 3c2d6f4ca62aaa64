#include "probes/warc/fields.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <ctime>

namespace linkaudit::probes {
namespace {

bool is_control(char letter) {
  return static_cast<unsigned char>(letter) < 0x20 || letter == 0x7f;
}

}  // namespace

std::string in_lines(const WarcFields& fields) {
  std::string lines;
  for (const auto& [name, value] : fields) {
    lines.append(name).append(": ");
    for (const char letter : value) lines += is_control(letter) ? ' ' : letter;
    lines += "\r\n";
  }
  return lines;
}

std::string warc_date(Instant at) {
  const auto second = std::chrono::floor<std::chrono::seconds>(at);
  return fmt::format("{:%Y-%m-%dT%H:%M:%S}.{:03}Z", fmt::gmtime(std::chrono::system_clock::to_time_t(second)),
                     (at - second).count());
}

std::string warc_uri(std::string_view url) {
  std::string uri;
  for (const char letter : url) {
    const auto byte = static_cast<unsigned char>(letter);
    if (byte > 0x20 && byte < 0x7f && letter != '<' && letter != '>') {
      uri += letter;
    } else {
      uri += fmt::format("%{:02X}", byte);
    }
  }
  return uri;
}

}  // namespace linkaudit::probes

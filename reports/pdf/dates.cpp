#include "reports/pdf/dates.h"

#include <fmt/format.h>

#include "reports/zone.h"

namespace linkaudit::reports::pdf {

std::string dated(std::string document, Instant at) {
  const Civil c = Zone("UTC").civil(at);
  const std::string date =
      fmt::format("D:{:04}{:02}{:02}{:02}{:02}{:02}+00'00'", c.year, c.month, c.day, c.hour, c.minute, c.second);
  for (const char* key : {"/CreationDate (", "/ModDate ("}) {
    const std::size_t found = document.rfind(key);
    if (found == std::string::npos) continue;
    const std::size_t begin = found + std::char_traits<char>::length(key);
    const std::size_t end = document.find(')', begin);
    if (end != std::string::npos && end - begin == date.size()) document.replace(begin, date.size(), date);
  }
  return document;
}

}  // namespace linkaudit::reports::pdf

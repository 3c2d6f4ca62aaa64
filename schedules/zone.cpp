#include <algorithm>
#include <array>

#include "schedules/zone_data.h"

namespace linkaudit::schedules {
namespace {

bool is_part_character(char character) {
  return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z') ||
         (character >= '0' && character <= '9') || character == '_' || character == '+' || character == '-';
}

// Abseil opens whatever file a name points to below tzdata's folder, absolute paths too; an IANA name has parts of
// plain characters only.
bool is_iana_shaped(std::string_view name) {
  char before = '/';
  for (const char character : name) {
    if (character == '/' ? before == '/' : !is_part_character(character)) return false;
    before = character;
  }
  return before != '/';
}

// Files in tzdata's folder that are no zones of their own: they follow the machine, or count leap seconds.
bool is_of_this_machine(std::string_view name) {
  static constexpr std::array<std::string_view, 2> names = {"localtime", "posixrules"};
  return std::ranges::find(names, name) != names.end() || name.starts_with("right/") || name.starts_with("posix/");
}

}  // namespace

std::optional<Zone> Zone::load(const std::string& name) {
  if (!is_iana_shaped(name) || is_of_this_machine(name)) return std::nullopt;
  auto data = std::make_shared<Data>();
  if (!absl::LoadTimeZone(name, &data->zone)) return std::nullopt;
  return Zone(name, std::move(data));
}

}  // namespace linkaudit::schedules

#include "reports/pdf/node_names.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <string_view>
#include <vector>

namespace linkaudit::reports::pdf {
namespace {

constexpr std::string_view kBefore = "(node";
constexpr std::size_t kDigits = 8;

// Where the digits of each name are.
std::vector<std::size_t> places_of(std::string_view document) {
  std::vector<std::size_t> places;
  for (std::size_t at = document.find(kBefore); at != std::string_view::npos; at = document.find(kBefore, at + 1)) {
    const std::string_view rest = document.substr(at + kBefore.size(), kDigits + 1);
    if (rest.find_first_not_of("0123456789") == kDigits && rest[kDigits] == ')') places.push_back(at + kBefore.size());
  }
  return places;
}

}  // namespace

std::string with_nodes_numbered(std::string document) {
  const std::vector<std::size_t> places = places_of(document);
  std::map<std::string, std::string> numbered;  // digits of the same length: in the order of their numbers
  for (const std::size_t place : places) numbered.emplace(document.substr(place, kDigits), "");
  std::size_t number = 0;
  for (auto& [before, after] : numbered) after = fmt::format("{:0{}}", ++number, kDigits);
  for (const std::size_t place : places) {
    const std::string& after = numbered.at(document.substr(place, kDigits));
    document.replace(place, kDigits, after);
  }
  return document;
}

}  // namespace linkaudit::reports::pdf

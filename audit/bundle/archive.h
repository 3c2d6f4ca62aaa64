// A zip archive in memory, by Poco: written so that the same parts give the same bytes, read within bounds.
#pragma once

#include <map>
#include <stdexcept>
#include <string>

namespace linkaudit::bundle {

using Parts = std::map<std::string, std::string>;  // by name, with '/' between folders

std::string zip(const Parts& parts);

// One line without the file's name: what came is no archive of ours, or larger than ours are.
class Unreadable : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

inline constexpr std::size_t kMostParts = 100'000;
inline constexpr std::size_t kMostBytes = std::size_t{1} << 30U;  // of all parts

Parts unzip(const std::string& archive);  // throws Unreadable

}  // namespace linkaudit::bundle

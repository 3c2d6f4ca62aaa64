#include <cstdint>

#include "schedules/due.h"

namespace linkaudit::schedules {
namespace {

// FNV-1a, 64 bits (draft-eastlake-fnv): the same on every machine and in every version, as std::hash is not.
std::uint64_t fnv1a(std::uint64_t hash, std::string_view text) {
  for (const char character : text) {
    hash ^= static_cast<unsigned char>(character);
    hash *= 0x100000001b3U;
  }
  return hash;
}

// SplitMix64's last step: FNV leaves keys that differ in their last letter close together.
std::uint64_t mixed(std::uint64_t hash) {
  hash = (hash ^ (hash >> 30)) * 0xbf58476d1ce4e5b9U;
  hash = (hash ^ (hash >> 27)) * 0x94d049bb133111ebU;
  return hash ^ (hash >> 31);
}

}  // namespace

std::chrono::seconds spread_of(std::string_view schedule, std::string_view key, int spread_s) {
  if (spread_s <= 0) return std::chrono::seconds(0);
  constexpr std::uint64_t offset_basis = 0xcbf29ce484222325U;
  constexpr std::string_view separator("\0", 1);  // so that ("a", "bc") is not ("ab", "c")
  const std::uint64_t hash = mixed(fnv1a(fnv1a(fnv1a(offset_basis, schedule), separator), key));
  return std::chrono::seconds(static_cast<std::int64_t>(hash % static_cast<std::uint64_t>(spread_s)));
}

}  // namespace linkaudit::schedules

// A zip archive in memory, by Poco: written so that the same parts give the same bytes, read within bounds.
#pragma once

#include <stdexcept>
#include <string>

#include "audit/bundle/parts.h"

namespace linkaudit::bundle {

std::string zip(const Parts& parts);

// One line without the file's name: what came is no archive of ours, or larger than ours are.
class Unreadable : public Misfit {
 public:
  using Misfit::Misfit;
};

inline constexpr std::size_t kMostParts = 100'000;
inline constexpr std::size_t kMostBytes = std::size_t{1} << 30U;  // of all parts

// Folders of their own, as every zip program adds them, are passed over. Throws Unreadable, also for a part that no
// bundle has, so that no name leads anywhere else.
Parts unzip(const std::string& archive);

}  // namespace linkaudit::bundle

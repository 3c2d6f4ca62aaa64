#include "probes/page/inline_data.h"

#include <algorithm>
#include <utility>

namespace linkaudit::probes {

// The same few names may be said again and again: they are put in order when half of what is there could be old, so
// that each is looked at twice in the mean.
void InlineData::add(std::string_view name, std::string_view value) {
  if (entries_.size() >= 2 * kMostNames) settle();
  entries_.push_back({static_cast<std::uint32_t>(texts_.size()), static_cast<std::uint32_t>(name.size()),
                      static_cast<std::uint32_t>(value.size())});
  texts_.append(name).append(value);
}

void InlineData::add_all(const InlineData& other) {
  other.for_each([this](std::string_view name, std::string_view value) { add(name, value); });
}

void InlineData::forget_behind(std::size_t count) {
  if (count >= entries_.size()) return;
  texts_.resize(entries_[count].at);
  entries_.resize(count);
}

void InlineData::settle() {
  std::stable_sort(entries_.begin(), entries_.end(),
                   [this](const Entry& left, const Entry& right) { return name_of(left) < name_of(right); });
  struct Name {
    std::uint32_t first_said = 0;
    Entry last;
  };
  std::vector<Name> names;
  for (const Entry& entry : entries_) {
    if (!names.empty() && name_of(names.back().last) == name_of(entry)) {
      names.back().last = entry;
    } else {
      names.push_back({entry.at, entry});
    }
  }
  if (names.size() == entries_.size() && names.size() <= kMostNames) return;
  std::sort(names.begin(), names.end(),
            [](const Name& left, const Name& right) { return left.first_said < right.first_said; });
  if (names.size() > kMostNames) names.resize(kMostNames);
  InlineData kept;  // its texts in the order in which the names were first said, for the next time
  for (const Name& name : names) kept.add(name_of(name.last), value_of(name.last));
  std::sort(kept.entries_.begin(), kept.entries_.end(),
            [&](const Entry& left, const Entry& right) { return kept.name_of(left) < kept.name_of(right); });
  *this = std::move(kept);
}

std::optional<std::string_view> InlineData::find(std::string_view name) const {
  const auto place =
      std::lower_bound(entries_.begin(), entries_.end(), name,
                       [this](const Entry& entry, std::string_view sought) { return name_of(entry) < sought; });
  if (place == entries_.end() || name_of(*place) != name) return std::nullopt;
  return value_of(*place);
}

}  // namespace linkaudit::probes

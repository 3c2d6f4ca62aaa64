#include "probes/page/body_look.h"

#include <algorithm>
#include <string>

namespace linkaudit::probes {
namespace {

constexpr std::size_t kSome = 8;

// A line each, since a pattern may ask for the end of one.
std::string values_of(const PageFacts& page) {
  std::string values;
  page.json.for_each([&](std::string_view, std::string_view value) { values.append(value).push_back('\n'); });
  return values;
}

bool look_for(const PatternSet& bodies, int number, const PageFacts& page) {
  const auto in = [&](std::string_view text) { return bodies.find(number, text); };
  return in(page.source) || in(page.text) || in(page.title) || in(values_of(page));
}

}  // namespace

bool BodyLook::holds(const PatternSet& bodies, int number, const PageFacts& page) const {
  const std::lock_guard lock(seen_->mutex);
  std::vector<bool>& all = seen_->all;
  if (!all.empty()) return all[static_cast<std::size_t>(number)];
  const auto known = std::ranges::find(seen_->some, number, &std::pair<int, bool>::first);
  if (known != seen_->some.end()) return known->second;
  if (seen_->some.size() < kSome) return seen_->some.emplace_back(number, look_for(bodies, number, page)).second;
  all = bodies.match({page.text, page.source, page.title, values_of(page)});
  return all[static_cast<std::size_t>(number)];
}

}  // namespace linkaudit::probes

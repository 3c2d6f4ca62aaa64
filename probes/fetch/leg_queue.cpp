#include "probes/fetch/leg_queue.h"

#include "probes/fetch/leg_under_way.h"

namespace linkaudit::probes {

LegQueue::LegQueue() = default;
LegQueue::~LegQueue() = default;

void LegQueue::push(std::string group, Leg leg) {
  auto found = by_name_.find(group);
  if (found == by_name_.end()) {
    groups_.push_back({group, {}});
    found = by_name_.emplace(std::move(group), std::prev(groups_.end())).first;
  }
  found->second->legs.push_back(std::move(leg));
}

void LegQueue::push_later(Clock::time_point when, std::string group, Leg leg) {
  later_.emplace(when, Later{std::move(group), std::move(leg)});
}

void LegQueue::wake(Clock::time_point now) {
  while (!later_.empty() && later_.begin()->first <= now) {
    Later due = std::move(later_.begin()->second);
    later_.erase(later_.begin());
    push(std::move(due.group), std::move(due.leg));
  }
}

std::optional<LegQueue::Clock::time_point> LegQueue::next_wake() const {
  if (later_.empty()) return std::nullopt;
  return later_.begin()->first;
}

LegQueue::Leg LegQueue::take(const std::function<bool(const LegUnderWay&)>& may_begin) {
  for (auto group = groups_.begin(); group != groups_.end(); ++group) {
    if (!may_begin(*group->legs.front())) continue;
    Leg leg = std::move(group->legs.front());
    group->legs.pop_front();
    if (group->legs.empty()) {
      by_name_.erase(group->name);
      groups_.erase(group);
    } else {
      groups_.splice(groups_.end(), groups_, group);
    }
    return leg;
  }
  return nullptr;
}

void LegQueue::clear() {
  by_name_.clear();
  groups_.clear();
  later_.clear();
}

}  // namespace linkaudit::probes

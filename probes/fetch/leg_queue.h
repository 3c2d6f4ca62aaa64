// Legs that have not begun: in the order given within a group, groups taking turns, some not before a time.
#pragma once

#include <chrono>
#include <deque>
#include <functional>
#include <list>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>

namespace linkaudit::probes {

struct LegUnderWay;

class LegQueue {
 public:
  using Clock = std::chrono::steady_clock;
  using Leg = std::unique_ptr<LegUnderWay>;

  LegQueue();
  ~LegQueue();
  LegQueue(const LegQueue&) = delete;
  LegQueue& operator=(const LegQueue&) = delete;

  void push(std::string group, Leg leg);
  void push_later(Clock::time_point when, std::string group, Leg leg);

  // Lets the legs whose time has come join their groups.
  void wake(Clock::time_point now);
  std::optional<Clock::time_point> next_wake() const;

  // The first leg of the first group, in turn, that may begin; nullptr when none may.
  Leg take(const std::function<bool(const LegUnderWay&)>& may_begin);

  bool empty() const { return groups_.empty() && later_.empty(); }
  void clear();

 private:
  struct Group {
    std::string name;
    std::deque<Leg> legs;
  };
  struct Later {
    std::string group;
    Leg leg;
  };
  std::list<Group> groups_;  // the next in turn is at the front; none is empty
  std::unordered_map<std::string, std::list<Group>::iterator> by_name_;
  std::multimap<Clock::time_point, Later> later_;
};

}  // namespace linkaudit::probes

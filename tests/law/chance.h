// Observations by chance, for what holds of any.
#pragma once

#include <iterator>
#include <random>
#include <vector>

#include "audit/law/judge.h"

namespace linkaudit::law {

class Chance {
 public:
  explicit Chance(unsigned seed) : engine_(seed) {}

  int below(int limit) { return static_cast<int>(engine_() % static_cast<unsigned>(limit)); }
  bool once_in(int times) { return below(times) == 0; }
  template <typename Values>
  auto one_of(const Values& values) {
    return values[static_cast<std::size_t>(below(static_cast<int>(std::size(values))))];
  }
  std::mt19937& engine() { return engine_; }

 private:
  std::mt19937 engine_;  // the standard fixes what it yields
};

extern const Instant kStart;  // 2021-09-17T00:00:00+08:00

// Of both links of taobao in wechat/group, in sixty days from kStart on; on a grid of six hours so that many fall on
// one instant. No source speaks twice at one.
std::vector<Span> observations(Chance& chance, int wanted);

// Whether they show the same of the same cell by the same source, whenever and however often it was seen.
bool same_but_for_time(const Span& left, const Span& right);

// As the log keeps them: what one source saw in a row and is the same is one span.
std::vector<Span> as_spans(std::vector<Span> observations);

}  // namespace linkaudit::law

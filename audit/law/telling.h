// The dispute of a tier, told word by word in order of time.
#pragma once

#include <optional>
#include <vector>

#include "audit/law/run.h"

namespace linkaudit::law {

// A word in the telling, and the time from which on words that agree with it speak for it: words before that were
// overruled.
struct Side {
  const WordAt* word = nullptr;
  Instant unbroken{};
};

// Points into the words it hears.
class Telling {
 public:
  explicit Telling(Duration window) : window_(window) {}

  // All words of one instant, the latest so far.
  void hear(const WordAt* begin, const WordAt* end);

  // At `now` nobody holds against a newer word for longer than the window, nor with a word that is not fresh.
  void drop_old_sides(Instant now);

  // At most one of the two is there.
  const std::optional<Side>& held() const { return held_; }
  const std::vector<Side>& sides() const { return sides_; }  // of the dispute, the newest last

 private:
  std::optional<Instant> holds_after(const WordAt& word, Instant now) const;
  std::optional<Instant> settles(const WordAt& word) const;

  Duration window_;
  std::optional<Side> held_;
  std::vector<Side> sides_;
};

}  // namespace linkaudit::law

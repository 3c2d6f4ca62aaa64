// What the links of one category are measured by in one context at one tier: how well the other platforms are treated.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <vector>

#include "audit/law/treatment.h"

namespace linkaudit::law {

class Yardstick {
 public:
  explicit Yardstick(std::size_t platforms) : treatments_(platforms) {}

  // Of a platform's links together, the worse in each; nothing where none can be compared. Returns whether the
  // yardstick is another now.
  bool set(std::size_t platform, const std::optional<Treatment>& treatment);

  const std::optional<Treatment>& of(std::size_t platform) const { return treatments_[platform]; }

  // The best that any platform but this one has; Treatment::kUnknown where nothing is known.
  int best_besides(std::size_t platform, ParityOver over) const;

 private:
  // The best rank, whose it is, and the best of all the others.
  struct Best {
    int rank = Treatment::kUnknown, of_others = Treatment::kUnknown;
    std::size_t platform = 0;

    bool operator==(const Best&) const = default;
  };
  Best best(ParityOver over) const;

  std::vector<std::optional<Treatment>> treatments_;
  std::array<Best, kParities.size()> best_;
};

}  // namespace linkaudit::law

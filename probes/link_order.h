// In which order links are probed.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <span>
#include <vector>

#include "probes/subject.h"

namespace linkaudit::probes {

// The targets of one link: they share its control leg. Same URL, same platform.
struct LinkTurn {
  std::size_t host = 0;  // for ended()
  std::span<const std::size_t> targets;
};

// Shuffled by the seed, hosts taking turns, at most `per_host` links of one host begun and not ended. A function of
// its arguments alone. Holds some numbers for each target, no text.
class LinkOrder {
 public:
  // `wanted`: indices into `targets`, which must outlive this.
  LinkOrder(std::span<const Target> targets, std::vector<std::size_t> wanted, std::uint64_t seed, int per_host);

  // Nothing: all have begun, or none may begin before another ends.
  std::optional<LinkTurn> next();
  void ended(std::size_t host);

 private:
  struct Link {
    std::size_t begin, end;  // its targets, in wanted_
    std::size_t host;
  };
  struct Host {
    std::size_t next, end;  // its links not begun, in links_
    int begun = 0;
    bool in_turn = false;
  };
  void queue(std::size_t host);

  std::vector<std::size_t> wanted_;
  std::vector<Link> links_;  // of one host after the other
  std::vector<Host> hosts_;
  std::deque<std::size_t> turns_;
  int per_host_;
};

}  // namespace linkaudit::probes

#include "audit/law/kind.h"

#include <algorithm>

namespace linkaudit::law {
namespace {

// All that a clause looks at in a word and its standing, side by side. Clauses that look at more must be told here.
std::uint64_t key_of(const Moment& moment) {
  const Span& word = *moment.holder->span;
  std::uint64_t key = word.steps ? 1 + std::uint64_t{static_cast<std::uint32_t>(*word.steps)} : 0;
  const auto add = [&key](unsigned bits, auto value) { key = (key << bits) | static_cast<std::uint64_t>(value); };
  add(8, word.outcome);
  add(8, word.blame);
  add(2, !word.context_specific ? 2 : *word.context_specific ? 1 : 0);
  add(2, word.tier);
  add(1, word.attestation);
  add(1, moment.fresh);
  add(1, moment.disputed);
  add(1, moment.soft);
  return key;
}

}  // namespace

std::vector<std::size_t> number_kinds(std::vector<Moment>& moments) {
  std::vector<std::uint64_t> keys;
  std::vector<std::size_t> examples;
  for (std::size_t index = 0; index < moments.size(); ++index) {
    const std::uint64_t key = key_of(moments[index]);
    const auto known = std::find(keys.begin(), keys.end(), key);
    moments[index].kind = static_cast<std::uint32_t>(known - keys.begin());
    if (known != keys.end()) continue;
    keys.push_back(key);
    examples.push_back(index);
  }
  return examples;
}

}  // namespace linkaudit::law

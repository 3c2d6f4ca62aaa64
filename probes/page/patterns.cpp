#include "probes/page/patterns.h"

#include <string.h>  // memmem()

#include <stdexcept>

namespace linkaudit::probes {
namespace {

// A bound: what a set remembers of the texts that it has read grows up to it, and is then begun anew.
constexpr int kMemoryBudget = 16 << 20;

RE2::Options quiet() {
  RE2::Options options;
  options.set_log_errors(false);
  options.set_max_mem(kMemoryBudget);
  return options;
}

}  // namespace

PatternSet::PatternSet() : set_(std::make_unique<RE2::Set>(quiet(), RE2::UNANCHORED)) {}

int PatternSet::add(const std::string& pattern, const std::string& owner) {
  const auto [place, is_new] = numbers_.try_emplace(pattern, static_cast<int>(single_.size()));
  if (!is_new) return place->second;
  std::string error;
  if (set_->Add(pattern, &error) < 0) {
    throw std::invalid_argument(owner + ": bad pattern \"" + pattern + "\": " + error);
  }
  single_.push_back(std::make_unique<RE2>(pattern, quiet()));
  return place->second;
}

int PatternSet::add_phrase(const std::string& phrase, const std::string& owner) {
  const int number = add(RE2::QuoteMeta(phrase), owner);
  phrases_.resize(single_.size());
  phrases_[static_cast<std::size_t>(number)] = phrase;
  return number;
}

void PatternSet::compile() {
  if (!set_->Compile()) throw std::invalid_argument("the patterns are too large to be compiled together");
}

// memmem() goes on by the length of a phrase where RE2 looks for its first byte, which many Chinese characters have.
bool PatternSet::find(int number, std::string_view text) const {
  const auto index = static_cast<std::size_t>(number);
  if (index < phrases_.size() && !phrases_[index].empty()) {
    const std::string& phrase = phrases_[index];
    return memmem(text.data(), text.size(), phrase.data(), phrase.size()) != nullptr;
  }
  return RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), *single_[index]);
}

void PatternSet::match_into(std::string_view text, std::vector<bool>& found) const {
  found.resize(single_.size());
  if (single_.empty()) return;
  const re2::StringPiece piece(text.data(), text.size());
  std::vector<int> numbers;
  RE2::Set::ErrorInfo error{};
  if (set_->Match(piece, &numbers, &error)) {
    for (const int number : numbers) found[static_cast<std::size_t>(number)] = true;
  } else if (error.kind != RE2::Set::kNoError) {
    for (std::size_t number = 0; number < single_.size(); ++number) {
      if (!found[number]) found[number] = RE2::PartialMatch(piece, *single_[number]);
    }
  }
}

std::vector<bool> PatternSet::match(std::initializer_list<std::string_view> texts) const {
  std::vector<bool> found(single_.size());
  for (const std::string_view text : texts) match_into(text, found);
  return found;
}

}  // namespace linkaudit::probes

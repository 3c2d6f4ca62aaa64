// Collects text as a reader sees it: white space folded, blocks apart, bounded.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace linkaudit::probes {

class VisibleText {
 public:
  explicit VisibleText(std::size_t limit) : limit_(limit) {}

  // `text` as written between tags: character references are decoded here. NULs vanish, as in browsers.
  void add(std::string_view text);

  // ... as it stands.
  void add_decoded(std::string_view text);

  // What follows stands apart: the edge of a block, a line break.
  void break_here() { pending_space_ = !text_.empty(); }

  bool full() const { return text_.size() >= limit_; }
  std::string take() { return std::move(text_); }

 private:
  void add_run(std::string_view run);

  std::size_t limit_;
  std::string text_;
  bool pending_space_ = false;
};

// `text` that is no markup: folded in the same way.
std::string plain_text(std::string_view text, std::size_t limit);

// Whether the element begins and ends a block (or breaks the line) in browsers' default style.
bool breaks_text(std::string_view element);

}  // namespace linkaudit::probes

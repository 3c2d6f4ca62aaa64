// The facts that are judged, with the texts that they speak in.
#pragma once

#include <memory>
#include <string_view>
#include <utility>
#include <vector>

#include "audit/law/judge.h"
#include "audit/log/read.h"

namespace linkaudit::query {

// Each text is kept once, since a log of a hundred thousand links has as many spans, or a thousand times more. Copies
// share the texts, which live as long as the last of them; not safe from two threads.
class Spans {
 public:
  Spans();

  void add(const log::SpanRow& row) { add(made_of(row)); }
  void add(const law::Span& span) { spans_.push_back(span); }  // its texts are kept already
  law::Span made_of(const log::SpanRow& row);                  // not added yet

  template <typename Unwanted>
  void erase_if(Unwanted unwanted) {
    std::erase_if(spans_, std::move(unwanted));
  }

  const std::vector<law::Span>& list() const { return spans_; }

 private:
  class Texts;

  std::string_view kept(std::string_view text);

  std::shared_ptr<Texts> texts_;
  std::vector<law::Span> spans_;
};

}  // namespace linkaudit::query

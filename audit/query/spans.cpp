#include "audit/query/spans.h"

#include <absl/container/flat_hash_set.h>

#include <algorithm>
#include <memory_resource>

namespace linkaudit::query {

class Spans::Texts {
 public:
  std::string_view kept(std::string_view text) {
    const auto known = texts_.find(text);
    if (known != texts_.end()) return *known;
    char* const place = static_cast<char*>(memory_.allocate(text.size(), 1));
    std::copy(text.begin(), text.end(), place);
    return *texts_.emplace(place, text.size()).first;
  }

 private:
  std::pmr::monotonic_buffer_resource memory_;
  absl::flat_hash_set<std::string_view> texts_;
};

Spans::Spans() : texts_(std::make_shared<Texts>()) {}

std::string_view Spans::kept(std::string_view text) {
  return texts_->kept(text);
}

law::Span Spans::made_of(const log::SpanRow& row) {
  law::Span span;
  span.link = kept(row.link);
  span.context = kept(row.context);
  span.tier = row.tier;
  span.source = kept(row.source);
  span.attestation = row.attestation;
  span.valid_days = row.valid_days;
  span.outcome = row.outcome;
  span.blame = row.blame;
  span.context_specific = row.context_specific;
  span.steps = row.steps;
  span.presentation = row.presentation;
  span.network_failure = row.network_failure;
  span.first = row.first;
  span.last = row.last;
  span.count = row.count;
  span.first_entry = row.first_entry;
  span.last_entry = row.last_entry;
  span.earlier = row.earlier;
  return span;
}

}  // namespace linkaudit::query

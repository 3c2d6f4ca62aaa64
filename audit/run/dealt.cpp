#include "audit/run/dealt.h"

#include <algorithm>

#include "audit/log/fires.h"

namespace linkaudit::run {

CellNumbers::CellNumbers(const catalog::Catalog& catalog) {
  for (const catalog::Platform& platform : catalog.platforms) {
    for (const probes::Link& link : platform.links) {
      link_ids_.emplace(link.id, links_.size());
      links_.emplace(&link, links_.size());
    }
  }
  for (const catalog::Host& host : catalog.hosts) {
    for (const catalog::HostContext& context : host.contexts) {
      context_ids_.emplace(context.id, contexts_.size());
      contexts_.emplace(&context, contexts_.size());
    }
  }
}

std::optional<std::size_t> CellNumbers::of(std::string_view link, std::string_view context) const {
  const auto known_link = link_ids_.find(link);
  const auto known_context = context_ids_.find(context);
  if (known_link == link_ids_.end() || known_context == context_ids_.end()) return std::nullopt;
  return known_link->second * contexts_.size() + known_context->second;
}

Dealt::Dealt(const CellNumbers& numbers, const log::Log& log, const std::string& schedule, bool simulated)
    : numbers_(numbers), newest_(numbers.size(), probes::Instant::min()) {
  log::for_each_last_fire(log, schedule, simulated,
                          [&](std::string_view link, std::string_view context, probes::Instant planned) {
                            // A cell that the catalog no longer has; or one that the log has twice, of two platforms.
                            if (const auto cell = numbers_.of(link, context)) {
                              newest_[*cell] = std::max(newest_[*cell], planned);
                            }
                          });
}

std::optional<probes::Instant> Dealt::of(const probes::Target& cell) const {
  const probes::Instant newest = newest_[numbers_.of(cell)];
  return newest == probes::Instant::min() ? std::nullopt : std::optional(newest);
}

}  // namespace linkaudit::run

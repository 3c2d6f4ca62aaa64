#include "audit/log/pruning.h"

#include "audit/log/appending.h"

namespace linkaudit::log {
namespace {

constexpr const char* kPruner = "prune";

}  // namespace

bool is_pruning(const Annotation& annotation) {
  return annotation.kind == AnnotationKind::note && annotation.by == kPruner;
}

std::size_t prune(Log& log, Instant now, const std::function<Pruning()>& choose) {
  return log.drop_blobs([&] {
    Pruning chosen = choose();
    if (!chosen.sha256.empty() && chosen.up_to > 0) {
      Annotation said;
      said.at = now;
      said.about = chosen.up_to;
      said.by = kPruner;
      said.note = std::move(chosen.why);
      const NewEntry entries[] = {std::move(said)};
      append_within(log.state(), entries, now);
    }
    return std::move(chosen.sha256);
  });
}

}  // namespace linkaudit::log

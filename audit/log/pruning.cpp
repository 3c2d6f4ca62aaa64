#include "audit/log/pruning.h"

#include <charconv>
#include <string_view>

#include "audit/log/appending.h"

namespace linkaudit::log {
namespace {

constexpr const char* kPruner = "prune";

}  // namespace

bool is_pruning(const Annotation& annotation) {
  return annotation.kind == AnnotationKind::note && annotation.by == kPruner;
}

std::optional<std::int64_t> pruned_by(const Annotation& annotation) {
  constexpr std::string_view kBefore = " was let go: ", kAfter = " blobs of ";
  const std::size_t at = annotation.note.find(kBefore);
  if (at == std::string::npos) return std::nullopt;
  const char* const begin = annotation.note.data() + at + kBefore.size();
  const char* const end = annotation.note.data() + annotation.note.size();
  std::int64_t count = 0;
  const auto [rest, error] = std::from_chars(begin, end, count);
  const bool fits =
      error == std::errc() && std::string_view(rest, static_cast<std::size_t>(end - rest)).starts_with(kAfter);
  return fits ? std::optional(count) : std::nullopt;
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

#include "audit/run/reclassify.h"

#include <vector>

#include "audit/run/runner.h"

namespace linkaudit::run {
namespace {

std::string text(const probes::RuleReference& rule) {
  return rule.id.empty() ? std::string("no rule") : rule.id + " v" + std::to_string(rule.version);
}

void add(std::vector<log::NewEntry>& entries, const Retested& change, const catalog::Catalog& catalog,
         probes::Instant now) {
  entries.emplace_back(log::NewObservation{change.after, std::nullopt});  // the planned fire was answered by the first
  log::Annotation annotation;
  annotation.at = now;
  annotation.kind = log::AnnotationKind::reclassification;
  annotation.about = change.entry;
  annotation.by = "catalog " + catalog.version;
  annotation.note = text(change.before.rule) + " -> " + text(change.after.rule);
  annotation.replacement = log::kEntryBefore;
  annotation.simulated = change.before.simulated;
  entries.emplace_back(std::move(annotation));
}

}  // namespace

RetestCounts reclassify(const catalog::Catalog& catalog, log::Log& log, const log::Horizon& horizon,
                        const log::ObservationFilter& filter, probes::Instant now,
                        const std::function<void(const Retested&, std::int64_t entry)>& written) {
  std::vector<Retested> changes;
  const RetestCounts counts =
      retest(catalog, log, horizon, filter, [&](const Retested& change) { changes.push_back(change); });
  if (changes.empty()) return counts;
  record_catalog(catalog, log, now);
  std::vector<log::NewEntry> entries;
  for (const Retested& change : changes) add(entries, change, catalog, now);
  const std::vector<std::int64_t> numbers = log.append(entries, now);
  for (std::size_t index = 0; index < changes.size(); ++index) written(changes[index], numbers[2 * index]);
  return counts;
}

}  // namespace linkaudit::run

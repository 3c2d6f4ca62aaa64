#include <utility>

#include "audit/log/log.h"

namespace linkaudit::log {
namespace {

constexpr std::pair<EntryType, std::string_view> kNames[] = {
    {EntryType::observation, "observation"},
    {EntryType::attestation, "attestation"},
    {EntryType::gap, "gap"},
    {EntryType::run, "run"},
    {EntryType::waiver, "waiver"},
    {EntryType::annotation, "annotation"},
    {EntryType::catalog, "catalog"},
    {EntryType::report, "report"},
};

constexpr std::pair<AnnotationKind, std::string_view> kAnnotationKinds[] = {
    {AnnotationKind::note, "note"},
    {AnnotationKind::withdrawal, "withdrawal"},
    {AnnotationKind::correction, "correction"},
    {AnnotationKind::reclassification, "reclassification"},
};

constexpr std::pair<WaiverChange, std::string_view> kWaiverChanges[] = {
    {WaiverChange::added, "added"},
    {WaiverChange::changed, "changed"},
    {WaiverChange::withdrawn, "withdrawn"},
};

template <typename Names, typename Value>
std::string_view name_in(const Names& names, Value value) {
  for (const auto& [each, text] : names) {
    if (each == value) return text;
  }
  return {};
}

template <typename Value, std::size_t N>
std::optional<Value> value_in(const std::pair<Value, std::string_view> (&names)[N], std::string_view wanted) {
  for (const auto& [value, text] : names) {
    if (text == wanted) return value;
  }
  return std::nullopt;
}

}  // namespace

std::string_view name(EntryType type) {
  return name_in(kNames, type);
}
std::string_view name(AnnotationKind kind) {
  return name_in(kAnnotationKinds, kind);
}
std::string_view name(WaiverChange change) {
  return name_in(kWaiverChanges, change);
}

std::optional<EntryType> entry_type_from(std::string_view wanted) {
  return value_in(kNames, wanted);
}
std::optional<AnnotationKind> annotation_kind_from(std::string_view wanted) {
  return value_in(kAnnotationKinds, wanted);
}
std::optional<WaiverChange> waiver_change_from(std::string_view wanted) {
  return value_in(kWaiverChanges, wanted);
}

}  // namespace linkaudit::log

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

}  // namespace

std::string_view name(EntryType type) {
  for (const auto& [each, text] : kNames) {
    if (each == type) return text;
  }
  return {};
}

std::optional<EntryType> entry_type_from(std::string_view wanted) {
  for (const auto& [type, text] : kNames) {
    if (text == wanted) return type;
  }
  return std::nullopt;
}

}  // namespace linkaudit::log

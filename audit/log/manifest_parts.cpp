#include "audit/log/manifest_parts.h"

#include <nlohmann/json.hpp>

#include "audit/log/log.h"

namespace linkaudit::log {
namespace {

using nlohmann::json;

void add_part(std::vector<ManifestPart>& parts, const json& holder, const char* name, bool heads) {
  const auto part = holder.find(name);
  if (part == holder.end() || !part->is_object()) return;
  const auto bytes = part->value("bytes", std::int64_t{0});
  if (bytes < 0 || bytes > static_cast<std::int64_t>(kLargestBlob)) return;
  parts.push_back({part->value("sha256", std::string()), heads, bytes == 0});
}

}  // namespace

std::vector<ManifestPart> manifest_parts(std::string_view manifest) try {
  const json read = json::parse(manifest, nullptr, false);
  std::vector<ManifestPart> parts;
  if (!read.is_object()) return parts;
  add_part(parts, read, "heads", true);
  for (const json& leg : read.value("legs", json::array())) {
    for (const json& exchange : leg.value("exchanges", json::array())) {
      for (const char* name : {"body", "decoded"}) add_part(parts, exchange, name, false);
    }
  }
  return parts;
} catch (const json::exception&) {
  return {};
}

}  // namespace linkaudit::log

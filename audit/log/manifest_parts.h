// What a manifest of evidence (EVIDENCE.md) names that is a blob of its own.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace linkaudit::log {

struct ManifestPart {
  std::string sha256;  // as it stands there
  bool heads = false;  // header blocks; else a body
  bool empty = false;  // then nobody misses it
};

// Those that are stored apart: not larger than is kept. None of a text of another shape.
std::vector<ManifestPart> manifest_parts(std::string_view manifest);

}  // namespace linkaudit::log

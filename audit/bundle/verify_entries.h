// The entries of a bundle: that each is in the tree, that each is one the finding speaks of, and what they commit to.
#pragma once

#include <cstdint>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <string>

#include "audit/bundle/parts.h"
#include "audit/bundle/verify_warc.h"
#include "audit/log/checkpoint.h"

namespace linkaudit::bundle {

struct Proved {
  std::map<std::int64_t, nlohmann::json> records;
  std::map<std::int64_t, std::string> evidence;  // digests, hex, that entries of the finding commit to
  Told told;
  std::set<std::string> lost_screenshots;  // digests, hex, that they commit to and that are not here
};

// `document`: finding.json. Throws Misfit, or nlohmann::json::exception when a part has not the form it should have.
Proved verify_entries(const Parts& parts, const log::Checkpoint& checkpoint, const nlohmann::json& document);

}  // namespace linkaudit::bundle

// What the log's owner signs of a bundle, so that nobody else can make or change one: which finding, of which tree, and
// the digest of the list of its parts. It can never be taken for a checkpoint, whose second line is a number.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

namespace linkaudit::bundle {

// OBLIGATION:PLATFORM:CONTEXT as of INSTANT, of finding.json. Throws nlohmann::json::exception when it is not so.
std::string about(const nlohmann::json& document);

// The text of manifest.note, unsigned. `origin`: the name of the log and of its key.
std::string seal_text(const std::string& origin, const nlohmann::json& document, std::int64_t tree_size,
                      const std::string& manifest);

}  // namespace linkaudit::bundle

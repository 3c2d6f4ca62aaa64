#include "audit/bundle/seal.h"

#include "audit/log/hash.h"

namespace linkaudit::bundle {

std::string about(const nlohmann::json& document) {
  const nlohmann::json& finding = document.at("finding");
  const auto text = [&](const char* member) { return finding.at(member).get<std::string>(); };
  return text("obligation") + ':' + text("platform") + ':' + text("context") + " as of " +
         document.at("as_of").get<std::string>();
}

std::string seal_text(const std::string& origin, const nlohmann::json& document, std::int64_t tree_size,
                      const std::string& manifest) {
  log::Hasher hasher;
  return origin + "\nlinkaudit-bundle/1\nfinding " + about(document) + "\ntree " + std::to_string(tree_size) +
         "\nmanifest " + log::to_hex(hasher(manifest)) + '\n';
}

}  // namespace linkaudit::bundle

#include "audit/catalog/load.h"

#include <openssl/evp.h>

#include <algorithm>
#include <stdexcept>

#include "audit/catalog/decode.h"
#include "audit/catalog/node.h"

namespace linkaudit::catalog {
namespace {

constexpr const char* kBuiltInName = "built-in";
constexpr const char* kLists[] = {"hosts", "rules", "platforms", "obligations", "waivers", "schedules"};

std::string sha256_hex(const std::string& text) {
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned int length = 0;
  if (EVP_Digest(text.data(), text.size(), digest, &length, EVP_sha256(), nullptr) != 1) {
    throw std::runtime_error("SHA-256 is not available");
  }
  std::string hex;
  for (unsigned int index = 0; index < length; ++index) {
    hex += "0123456789abcdef"[digest[index] >> 4];
    hex += "0123456789abcdef"[digest[index] & 15];
  }
  return hex;
}

// Parses a source and lays it over what there is; a list with a duplicate id is reported before merging hides it.
void add_source(Node& merged, const Source& source, Problems& problems) {
  auto parsed = parse_yaml(source.text, source.name);
  if (!parsed) return problems.add(parsed.error().place, parsed.error().text);
  if (parsed->kind == Node::Kind::null) return;
  if (parsed->kind != Node::Kind::map)
    return problems.add(parsed->place, "must be a map of keys such as hosts, platforms");
  if (parsed->find("version") == nullptr) problems.add(parsed->place, "version is missing; valid is version: 1");
  bool good = true;
  for (const char* key : kLists) {
    const Node* list = parsed->find(key);
    if (list == nullptr) continue;
    const Node& value = *list;
    good = good && value.kind == Node::Kind::list;
    for (const Identified& item : identified(&value, key, problems)) {
      for (const char* inner : {"contexts", "links"})
        identified(item.node->find(inner), std::string(key) + "." + item.id + "." + inner, problems);
    }
  }
  if (!good) return;  // what is wrong has been said
  if (merged.kind == Node::Kind::null)
    merged = std::move(*parsed);
  else
    lay_over(merged, *parsed);
}

// The user's rules first, then built-in ones for the host app, for the platform, for everywhere.
void order_rules(Node& merged) {
  Node* rules = merged.find("rules");
  if (rules == nullptr) return;
  const auto rank = [](const Node& rule) {
    if (rule.place.file != kBuiltInName) return 0;
    return rule.find("host") != nullptr ? 1 : rule.find("platform") != nullptr ? 2 : 3;
  };
  std::stable_sort(rules->items.begin(), rules->items.end(),
                   [&](const Node& left, const Node& right) { return rank(left) < rank(right); });
}

Catalog decode(const Node& merged, Problems& problems) {
  Catalog catalog;
  Fields top(merged, "", problems);
  decode_settings(top, catalog);
  decode_hosts(top.node("hosts"), catalog, problems);
  decode_platforms(top.node("platforms"), catalog, problems);
  decode_rules(top.node("rules"), catalog, problems);
  decode_obligations(top.node("obligations"), catalog, problems);
  decode_waivers(top.node("waivers"), catalog, problems);
  decode_schedules(top.node("schedules"), catalog, problems);
  top.finish();
  return catalog;
}

}  // namespace

tl::expected<Catalog, std::vector<CatalogError>> load(std::span<const Source> overlays, bool with_built_in) {
  Problems problems;
  Node merged;
  if (with_built_in) add_source(merged, {kBuiltInName, std::string(built_in_text())}, problems);
  for (const Source& overlay : overlays) add_source(merged, overlay, problems);
  if (!problems.empty()) return tl::unexpected(problems.sorted());
  order_rules(merged);
  Catalog catalog = decode(merged, problems);
  if (!problems.empty()) return tl::unexpected(problems.sorted());
  catalog.canonical_text = to_text(merged);
  catalog.version = sha256_hex(catalog.canonical_text);
  return catalog;
}

}  // namespace linkaudit::catalog

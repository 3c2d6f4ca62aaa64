#include "audit/catalog/load.h"

#include <openssl/evp.h>

#include <algorithm>
#include <memory_resource>
#include <stdexcept>
#include <utility>
#include <vector>

#include "audit/catalog/credentials.h"
#include "audit/catalog/decode.h"
#include "audit/catalog/node.h"
#include "audit/catalog/removal.h"

namespace linkaudit::catalog {
namespace {

constexpr const char* kBuiltInName = "built-in";
constexpr const char* kLists[] = {"hosts", "rules", "platforms", "obligations", "waivers", "schedules", "reports"};

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

// Whether it can be merged by id; a list that was left empty can.
bool has_ids(const Node* list) {
  if (list == nullptr || list->kind() == Node::Kind::null) return true;
  return list->kind() == Node::Kind::list &&
         std::all_of(list->items().begin(), list->items().end(), [](const Node& item) {
           const Node* id = item.find("id");
           return id != nullptr && !id->text().empty();
         });
}

// What merging would hide: ids missing or twice, lists that are none. False when the document cannot be laid over.
bool check_lists(const Node& document, Problems& problems) {
  bool mergeable = true;
  for (const char* key : kLists) {
    const Node* list = document.find(key);
    mergeable = has_ids(list) && mergeable;
    for (const Identified& item : identified(list, key, problems)) {
      for (const char* inner : {"contexts", "links"}) {
        const Node* parts = item.node->find(inner);
        mergeable = has_ids(parts) && mergeable;
        identified(parts, std::string(key) + "." + std::string(item.id) + "." + inner, problems);
      }
    }
  }
  return mergeable;
}

// A catalog that names secret parameters of its own does not make the others public.
void keep_secret_parameters(const Node& below, Node& above) {
  Node* secrets = above.find("secrets");
  Node* names = secrets == nullptr ? nullptr : secrets->find("parameters");
  auto* items = names == nullptr ? nullptr : names->list_items();
  if (items == nullptr) return;
  for (const std::string& name : secret_parameters_of(below)) {
    const auto same = [&](const Node& item) { return item.text() == name; };
    if (std::none_of(items->begin(), items->end(), same)) items->push_back(Node::scalar(name));
  }
}

// Parses a source and lays it over what there is. False when that could not be done; why has been said.
bool add_source(Node& merged, std::string_view text, const std::string& name, Problems& problems,
                std::pmr::memory_resource& memory) {
  auto parsed = parse_yaml(text, name, &memory);
  if (!parsed) {
    problems.add(parsed.error().place, parsed.error().text);
    return false;
  }
  if (parsed->kind() == Node::Kind::null) return true;
  if (parsed->kind() != Node::Kind::map) {
    problems.add(parsed->place(), "must be a map of keys such as hosts, platforms");
    return false;
  }
  if (parsed->find("version") == nullptr) problems.add(parsed->place(), "version is missing; valid is version: 1");
  if (!check_lists(*parsed, problems)) return false;
  keep_secret_parameters(merged, *parsed);
  if (merged.kind() == Node::Kind::null)
    merged = std::move(*parsed);
  else
    lay_over(merged, std::move(*parsed));
  return true;
}

// The user's rules first, then built-in ones for the host app, for the platform, for everywhere.
void order_rules(Node& merged) {
  Node* list = merged.find("rules");
  auto* rules = list == nullptr ? nullptr : list->list_items();
  if (rules == nullptr) return;
  const auto rank = [](const Node& rule) {
    if (*rule.place().file != kBuiltInName) return 0;
    return rule.find("host") != nullptr ? 1 : rule.find("platform") != nullptr ? 2 : 3;
  };
  std::stable_sort(rules->begin(), rules->end(),
                   [&](const Node& left, const Node& right) { return rank(left) < rank(right); });
}

// With credentials hidden, which the tree keeps.
std::string canonical_text_of(Node& merged, std::size_t expected) {
  std::vector<std::pair<Node*, Node>> kept;
  for (const char* key : {"network", "control_client", "hosts"}) {
    if (Node* node = merged.find(key)) kept.emplace_back(node, *node);
  }
  hide_credentials(merged);
  // In the text and not in the tree: links are asked for as they were given.
  const std::vector<std::string> parameters = secret_parameters_of(merged);
  const auto masked = [&](std::string quoted) {
    quoted = mask_userinfo(quoted);
    return parameters.empty() ? std::move(quoted) : mask_parameters(quoted, parameters);
  };
  std::string text = to_text(merged, masked, expected);
  for (auto& [place, node] : kept) *place = std::move(node);
  return text;
}

// Takes apart what is large.
Catalog decode(Node& merged, Problems& problems) {
  Catalog catalog;
  Fields top(merged, "", problems);
  decode_settings(top, catalog);
  decode_hosts(top.node("hosts"), catalog, problems);
  decode_platforms(top.node("platforms") == nullptr ? nullptr : merged.find("platforms"), catalog, problems);
  decode_rules(top.node("rules"), catalog, problems);
  decode_obligations(top.node("obligations"), catalog, problems);
  decode_waivers(top.node("waivers"), catalog, problems);
  decode_reports(top.node("reports"), catalog, problems);
  decode_schedules(top.node("schedules"), catalog, problems);
  top.finish();
  return catalog;
}

}  // namespace

tl::expected<Catalog, std::vector<CatalogError>> load(std::vector<Source> overlays, bool with_built_in,
                                                      Purpose purpose) {
  Problems problems(purpose);
  Layers layers;                               // holds the names that places point to
  std::pmr::monotonic_buffer_resource memory;  // of the tree, which is given back as a whole
  Node merged;
  bool complete = true;
  const auto add_layer = [&](const std::string& name, std::string_view text) {
    const auto layer = layers.emplace(name, static_cast<int>(layers.size())).first;
    complete = add_source(merged, text, layer->first, problems, memory) && complete;
  };
  if (with_built_in) add_layer(kBuiltInName, built_in_text());
  std::size_t bytes = built_in_text().size();
  for (Source& overlay : overlays) {
    add_layer(overlay.name, overlay.text);
    bytes += overlay.text.size();
    std::string().swap(overlay.text);  // as large as what was read of it; to assign nothing would keep the room
  }
  if (!complete) return tl::unexpected(problems.sorted());
  remove_disabled(merged, layers, problems);
  order_rules(merged);
  mask_waivers(merged);
  std::string text = canonical_text_of(merged, bytes + bytes / 4);
  Catalog catalog = decode(merged, problems);
  if (!problems.empty()) return tl::unexpected(problems.sorted());
  catalog.canonical_text = std::move(text);
  catalog.version = sha256_hex(catalog.canonical_text);
  return catalog;
}

}  // namespace linkaudit::catalog

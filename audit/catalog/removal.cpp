#include "audit/catalog/removal.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "audit/catalog/decode.h"

namespace linkaudit::catalog {
namespace {

// What was removed, and by which layer.
using Removed = std::map<std::string, int>;

bool disabled(const Node& item) {
  const Node* enabled = item.find("enabled");
  return enabled != nullptr && enabled->text() == "false" && !enabled->quoted();
}

std::string text_of(const Node& item, const char* key) {
  const Node* found = item.find(key);
  return found == nullptr ? std::string() : found->text();
}

Node::Items* items_of(Node& map, const char* key) {
  Node* list = map.find(key);
  return list == nullptr ? nullptr : list->list_items();
}

// Only `id` and `enabled: false` are left of a thing that no layer has defined.
void refuse_unknown(Node& list, const std::string& where, Problems& problems) {
  const auto unknown = [](const Node& item) { return disabled(item) && item.fields().size() <= 2; };
  auto* items = list.list_items();
  if (items == nullptr) return;
  std::vector<std::string> known;
  for (const Node& item : *items) {
    if (!unknown(item)) known.push_back(text_of(item, "id"));
  }
  for (const Node& item : *items) {
    if (!unknown(item)) continue;
    problems.add(item.place(), fmt::format("{}: there is no {} to remove; valid are {}", where, text_of(item, "id"),
                                           known.empty() ? "none" : some_of(known)));
  }
  std::erase_if(*items, unknown);
}

class Removal {
 public:
  Removal(Node& merged, const Layers& layers, Problems& problems)
      : merged_(merged), layers_(layers), problems_(problems) {}

  void run() {
    take_out("hosts", "contexts");
    const std::set<std::string> before = categories();
    take_out("platforms", "links");
    const std::set<std::string> left = categories();
    for (const std::string& category : before) {
      if (!left.contains(category)) gone_["categories"][category] = last_layer();
    }
    for (const char* key : {"rules", "obligations", "waivers"}) take_out(key, nullptr);
    if (Node* schedules = merged_.find("schedules")) refuse_unknown(*schedules, "schedules", problems_);
    if (Node* reports = merged_.find("reports")) refuse_unknown(*reports, "reports", problems_);
    forget_rules();
    forget_in("obligations", "scope");
    forget_in("waivers", "scope");
    forget_in("schedules", "select");
  }

 private:
  int layer_of(const Node& node) const {
    const auto found = layers_.find(*node.place().file);
    return found == layers_.end() ? 0 : found->second;
  }
  int last_layer() const {
    int last = 0;
    for (const auto& [file, layer] : layers_) last = std::max(last, layer);
    return last;
  }

  std::set<std::string> categories() {
    std::set<std::string> all;
    if (const auto* platforms = items_of(merged_, "platforms")) {
      for (const Node& platform : *platforms) all.insert(text_of(platform, "category"));
    }
    return all;
  }

  // Erases the disabled things of a list, and the disabled ones inside the others.
  void take_out(const char* key, const char* inner) {
    auto* items = items_of(merged_, key);
    if (items == nullptr) return;
    refuse_unknown(*merged_.find(key), key, problems_);
    for (Node& item : *items) {
      const std::string id = text_of(item, "id");
      const bool whole = disabled(item);
      if (whole) gone_[key][id] = layer_of(*item.find("enabled"));
      Node* parts = inner == nullptr ? nullptr : item.find(inner);
      if (parts == nullptr) continue;
      if (!whole) refuse_unknown(*parts, fmt::format("{}.{}.{}", key, id, inner), problems_);
      auto* inner_items = parts->list_items();
      if (inner_items == nullptr) continue;
      for (const Node& part : *inner_items) {
        if (whole || disabled(part)) {
          gone_[inner][id + "/" + text_of(part, "id")] = layer_of(*(whole ? item : part).find("enabled"));
        }
      }
      std::erase_if(*inner_items, disabled);
    }
    std::erase_if(*items, disabled);
  }

  bool is_gone(const char* kind, const Node& name) const {
    const auto removed = gone_.find(kind);
    if (removed == gone_.end()) return false;
    const auto found = removed->second.find(name.text());
    return found != removed->second.end() && layer_of(name) < found->second;
  }

  void forget_rules() {
    auto* rules = items_of(merged_, "rules");
    if (rules == nullptr) return;
    std::erase_if(*rules, [&](const Node& rule) {
      const Node *host = rule.find("host"), *platform = rule.find("platform");
      return (host != nullptr && is_gone("hosts", *host)) || (platform != nullptr && is_gone("platforms", *platform));
    });
  }

  // Whether the terms still name something wherever they did.
  bool forget_in_terms(Node& terms) const {
    bool complete = true;
    for (const char* kind : {"hosts", "contexts", "platforms", "links", "categories", "obligations"}) {
      Node* names = terms.find(kind);
      if (names == nullptr) continue;
      auto* listed = names->list_items();
      const auto forgotten =
          listed == nullptr ? 0 : std::erase_if(*listed, [&](const Node& name) { return is_gone(kind, name); });
      const bool single = names->kind() == Node::Kind::scalar && is_gone(kind, *names);
      if (single || (forgotten > 0 && names->items().empty())) complete = false;
    }
    return complete;
  }

  void forget_in(const char* key, const char* inner) {
    auto* items = items_of(merged_, key);
    if (items == nullptr) return;
    std::erase_if(*items, [&](Node& item) {
      if (!forget_in_terms(item)) return true;  // the obligations of a waiver
      Node* terms = item.find(inner);
      if (terms == nullptr) return false;
      if (Node* except = terms->find("except"); except != nullptr && !forget_in_terms(*except)) {
        std::erase_if(*terms->map_fields(), [](const auto& field) { return field.key == "except"; });
      }
      return !forget_in_terms(*terms);
    });
  }

  Node& merged_;
  const Layers& layers_;
  Problems& problems_;
  std::map<std::string, Removed> gone_;  // kind -> ids
};

}  // namespace

void remove_disabled(Node& merged, const Layers& layers, Problems& problems) {
  Removal(merged, layers, problems).run();
}

}  // namespace linkaudit::catalog

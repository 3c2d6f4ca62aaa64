#include <algorithm>

#include "audit/catalog/node.h"

namespace linkaudit::catalog {
namespace {

// The id of a list's element, "" when it has none.
std::string id_of(const Node& node) {
  const Node* id = node.find("id");
  return id != nullptr && id->kind == Node::Kind::scalar ? id->value : std::string();
}

bool have_ids(const Node& list) {
  return !list.items.empty() &&
         std::all_of(list.items.begin(), list.items.end(), [](const Node& item) { return !id_of(item).empty(); });
}

void merge_map(Node& base, const Node& overlay);

void merge_list(Node& base, const Node& overlay, bool new_in_front) {
  std::vector<Node> added;
  for (const Node& item : overlay.items) {
    const std::string id = id_of(item);
    const auto same =
        std::find_if(base.items.begin(), base.items.end(), [&](const Node& known) { return id_of(known) == id; });
    if (same == base.items.end()) {
      added.push_back(item);
    } else {
      merge_map(*same, item);
    }
  }
  base.items.insert(new_in_front ? base.items.begin() : base.items.end(), added.begin(), added.end());
}

void merge_field(const std::string& key, Node& base, const Node& overlay) {
  const bool says_nothing =
      overlay.kind == Node::Kind::null || (overlay.kind == Node::Kind::list && overlay.items.empty());
  if (have_ids(base) && says_nothing) return;  // a heading whose elements are commented out, as in `platforms:`
  if (base.kind == Node::Kind::map && overlay.kind == Node::Kind::map) {
    merge_map(base, overlay);
  } else if (base.kind == Node::Kind::list && have_ids(overlay) && (base.items.empty() || have_ids(base))) {
    merge_list(base, overlay, key == "rules");
  } else {
    base = overlay;
  }
}

void merge_map(Node& base, const Node& overlay) {
  for (const auto& [key, value] : overlay.fields) {
    if (Node* known = base.find(key)) {
      merge_field(key, *known, value);
    } else {
      base.fields.emplace_back(key, value);
    }
  }
}

}  // namespace

void lay_over(Node& base, const Node& overlay) {
  merge_map(base, overlay);
}

}  // namespace linkaudit::catalog

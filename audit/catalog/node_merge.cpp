#include <algorithm>
#include <iterator>
#include <unordered_map>

#include "audit/catalog/node.h"

namespace linkaudit::catalog {
namespace {

// The id of a list's element, "" when it has none.
const std::string& id_of(const Node& node) {
  static const std::string none;
  const Node* id = node.find("id");
  return id != nullptr ? id->text() : none;
}

bool have_ids(const Node& list) {
  return !list.items().empty() &&
         std::all_of(list.items().begin(), list.items().end(), [](const Node& item) { return !id_of(item).empty(); });
}

void merge_map(Node& base, Node overlay);

void merge_list(Node::Items& base, Node::Items overlay, bool new_in_front) {
  std::unordered_map<std::string, std::size_t> known;
  for (std::size_t index = 0; index < base.size(); ++index) known.emplace(id_of(base[index]), index);
  Node::Items added;
  for (Node& item : overlay) {
    const auto same = known.find(id_of(item));
    if (same == known.end()) {
      added.push_back(std::move(item));
    } else {
      merge_map(base[same->second], std::move(item));
    }
  }
  base.insert(new_in_front ? base.begin() : base.end(), std::make_move_iterator(added.begin()),
              std::make_move_iterator(added.end()));
}

void merge_field(const std::string& key, Node& base, Node overlay) {
  const bool says_nothing =
      overlay.kind() == Node::Kind::null || (overlay.kind() == Node::Kind::list && overlay.items().empty());
  if (have_ids(base) && says_nothing) return;  // a heading whose elements are commented out, as in `platforms:`
  auto* items = base.list_items();
  if (base.kind() == Node::Kind::map && overlay.kind() == Node::Kind::map) {
    merge_map(base, std::move(overlay));
  } else if (items != nullptr && have_ids(overlay) && (items->empty() || have_ids(base))) {
    merge_list(*items, std::move(*overlay.list_items()), key == "rules");
  } else {
    base = std::move(overlay);
  }
}

// Both are maps, or nothing is merged.
void merge_map(Node& base, Node overlay) {
  auto *into = base.map_fields(), *from = overlay.map_fields();
  if (into == nullptr || from == nullptr) return;
  for (Node::Field& field : *from) {
    if (Node* known = base.find(field.key)) {
      merge_field(field.key, *known, std::move(field.value));
    } else {
      into->push_back(std::move(field));
    }
  }
}

}  // namespace

void lay_over(Node& base, Node overlay) {
  merge_map(base, std::move(overlay));
}

}  // namespace linkaudit::catalog

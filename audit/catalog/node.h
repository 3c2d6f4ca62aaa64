// A YAML document as a tree whose every node knows its file and line. Kept small: a catalog may have 100,000 links.
#pragma once

#include <functional>
#include <memory_resource>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <utility>
#include <variant>
#include <vector>

namespace linkaudit::catalog {

// Of a document's name, which outlives the tree.
struct Place {
  const std::string* file = nullptr;
  int line = 0;  // from 1
};

class Node {
 public:
  enum class Kind { null, scalar, list, map };
  struct Field;
  using Items = std::pmr::vector<Node>;
  using Fields = std::pmr::vector<Field>;  // in order; no key twice

  Node() = default;
  // A quoted scalar is a text, never a number or a flag.
  static Node scalar(std::string text, bool quoted = false);
  static Node list();
  static Node list(Items items);
  static Node map();
  static Node map(Fields fields);

  Kind kind() const { return static_cast<Kind>(content_.index()); }
  bool quoted() const { return quoted_; }
  const std::string& text() const;  // of a scalar; "" of others
  const Items& items() const;       // of a list; none of others
  const Fields& fields() const;     // of a map; none of others

  // To be changed in place; null when it is of another kind.
  Items* list_items() { return std::get_if<Items>(&content_); }
  Fields* map_fields() { return std::get_if<Fields>(&content_); }

  const Node* find(std::string_view key) const;
  Node* find(std::string_view key);

  Place place() const { return {file_, line_}; }
  void set_place(const Place& place);

 private:
  std::variant<std::monostate, std::string, Items, Fields> content_;  // in the order of Kind
  const std::string* file_ = nullptr;
  int line_ = 0;
  bool quoted_ = false;
};

struct Node::Field {
  std::string key;
  Node value;
};

struct ParseError {
  Place place;
  std::string text;
};

// Anchors and aliases are refused, depth and size bounded: a catalog needs neither. Places point to `file`. Lists and
// maps lie in `memory`, which outlives the tree: where that gives all back at once, what was read of the tree does not
// lie among its remains.
tl::expected<Node, ParseError> parse_yaml(std::string_view text, const std::string& file,
                                          std::pmr::memory_resource* memory = std::pmr::get_default_resource());
tl::expected<Node, ParseError> parse_yaml(std::string_view text, const std::string&& file,
                                          std::pmr::memory_resource* memory = nullptr) = delete;

// Same key: maps merge key by key; lists whose elements have ids merge by id, new elements behind (in front of the
// others for `rules`), an empty list or nothing adding none; everything else is replaced.
void lay_over(Node& base, Node overlay);

// JSON, which is YAML: keys in order, one line an element of the top lists; loads back to the same tree, but for what
// `masked` makes of each quoted text, quotes included. `expected` bytes are set aside for it.
using Mask = std::function<std::string(std::string quoted)>;
std::string to_text(const Node& node, const Mask& masked = {}, std::size_t expected = 0);

}  // namespace linkaudit::catalog

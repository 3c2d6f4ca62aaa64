// A YAML document as a tree whose every node knows its file and line.
#pragma once

#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

namespace linkaudit::catalog {

struct Place {
  std::string file;
  int line = 0;  // from 1
};

struct Node {
  enum class Kind { null, scalar, list, map };
  struct Field;

  Kind kind = Kind::null;
  std::string value;    // of a scalar
  bool quoted = false;  // a quoted scalar is a text, never a number or a flag
  std::vector<Node> items;
  std::vector<Field> fields;  // in order; no key twice
  Place place;

  const Node* find(std::string_view key) const;
  Node* find(std::string_view key);
};

struct Node::Field {
  std::string key;
  Node value;
};

struct ParseError {
  Place place;
  std::string text;
};

// Anchors and aliases are refused, depth and size bounded: a catalog needs neither.
tl::expected<Node, ParseError> parse_yaml(std::string_view text, const std::string& file);

// Same key: maps merge key by key; lists whose elements have ids merge by id, new elements behind (in front of the
// others for `rules`), an empty list or nothing adding none; everything else is replaced.
void lay_over(Node& base, const Node& overlay);

// JSON, which is YAML: keys in order, one line an element of the top lists; loads back to the same tree.
std::string to_text(const Node& node);

}  // namespace linkaudit::catalog

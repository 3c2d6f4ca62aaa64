#include <nlohmann/json.hpp>

#include "audit/catalog/node.h"

namespace linkaudit::catalog {
namespace {

// A double-quoted JSON string is a double-quoted YAML scalar with the same escapes.
std::string quoted(const std::string& text) {
  return nlohmann::json(text).dump();
}

// Keys of ours are plain words; those of headers and payment methods may be anything.
std::string key_text(const std::string& key) {
  const bool plain = key.find_first_not_of("abcdefghijklmnopqrstuvwxyz_") == std::string::npos && key != "null";
  return plain && !key.empty() ? key : quoted(key);
}

void write_flow(const Node& node, std::string& out) {
  bool first = true;
  const auto separate = [&] {
    if (!first) out += ", ";
    first = false;
  };
  switch (node.kind()) {
    case Node::Kind::null: out += "null"; break;
    // Plain scalars stay plain, so that numbers and flags stay what they are; they were one plain line before.
    case Node::Kind::scalar:
      out += node.quoted() ||
                     node.text().find_first_not_of("0123456789.-abcdefghijklmnopqrstuvwxyz_") != std::string::npos ||
                     node.text().empty()
                 ? quoted(node.text())
                 : node.text();
      break;
    case Node::Kind::list:
      out += '[';
      for (const Node& item : node.items()) separate(), write_flow(item, out);
      out += ']';
      break;
    case Node::Kind::map:
      out += '{';
      for (const auto& [key, value] : node.fields()) separate(), out += key_text(key) + ": ", write_flow(value, out);
      out += '}';
      break;
  }
}

bool of_maps(const Node& node) {
  return node.kind() == Node::Kind::list && !node.items().empty() && node.items().front().kind() == Node::Kind::map;
}

}  // namespace

std::string to_text(const Node& node, std::size_t expected) {
  std::string out;
  out.reserve(expected);
  for (const auto& [key, value] : node.fields()) {
    out += key_text(key) + ":";
    if (of_maps(value)) {
      for (const Node& item : value.items()) out += "\n  - ", write_flow(item, out);
    } else {
      out += ' ';
      write_flow(value, out);
    }
    out += '\n';
  }
  return out;
}

}  // namespace linkaudit::catalog

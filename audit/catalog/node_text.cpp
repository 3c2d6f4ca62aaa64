#include <nlohmann/json.hpp>
#include <utility>

#include "audit/catalog/node.h"

namespace linkaudit::catalog {
namespace {

bool of_maps(const Node& node) {
  return node.kind() == Node::Kind::list && !node.items().empty() && node.items().front().kind() == Node::Kind::map;
}

class Writer {
 public:
  Writer(const Mask& masked, std::size_t expected) : masked_(masked) { out_.reserve(expected); }

  std::string write(const Node& node) {
    for (const auto& [key, value] : node.fields()) {
      write_key(key);
      out_ += ':';
      if (of_maps(value)) {
        for (const Node& item : value.items()) out_ += "\n  - ", write_flow(item);
      } else {
        out_ += ' ';
        write_flow(value);
      }
      out_ += '\n';
    }
    return std::move(out_);
  }

 private:
  // A double-quoted JSON string is a double-quoted YAML scalar with the same escapes.
  void write_quoted(const std::string& text) {
    std::string quoted = nlohmann::json(text).dump();
    out_ += masked_ ? masked_(std::move(quoted)) : std::move(quoted);
  }

  // Keys of ours are plain words; those of headers and payment methods may be anything.
  void write_key(const std::string& key) {
    const bool plain = key.find_first_not_of("abcdefghijklmnopqrstuvwxyz_") == std::string::npos && key != "null";
    if (plain && !key.empty()) {
      out_ += key;
    } else {
      write_quoted(key);
    }
  }

  // Plain scalars stay plain, so that numbers and flags stay what they are; they were one plain line before.
  void write_scalar(const Node& node) {
    constexpr const char* kPlain = "0123456789.-abcdefghijklmnopqrstuvwxyz_";
    const std::string& text = node.text();
    if (node.quoted() || text.empty() || text.find_first_not_of(kPlain) != std::string::npos) {
      write_quoted(text);
    } else {
      out_ += text;
    }
  }

  void write_flow(const Node& node) {
    bool first = true;
    const auto separate = [&] {
      if (!first) out_ += ", ";
      first = false;
    };
    switch (node.kind()) {
      case Node::Kind::null: out_ += "null"; break;
      case Node::Kind::scalar: write_scalar(node); break;
      case Node::Kind::list:
        out_ += '[';
        for (const Node& item : node.items()) separate(), write_flow(item);
        out_ += ']';
        break;
      case Node::Kind::map:
        out_ += '{';
        for (const auto& [key, value] : node.fields()) {
          separate();
          write_key(key);
          out_ += ": ";
          write_flow(value);
        }
        out_ += '}';
        break;
    }
  }

  const Mask& masked_;
  std::string out_;
};

}  // namespace

std::string to_text(const Node& node, const Mask& masked, std::size_t expected) {
  return Writer(masked, expected).write(node);
}

}  // namespace linkaudit::catalog

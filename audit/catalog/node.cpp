#include "audit/catalog/node.h"

#include <algorithm>

namespace linkaudit::catalog {

Node Node::scalar(std::string text, bool quoted) {
  Node node;
  node.content_ = std::move(text);
  node.quoted_ = quoted;
  return node;
}

Node Node::list() {
  return list(Items());
}

Node Node::list(Items items) {
  Node node;
  node.content_ = std::move(items);
  return node;
}

Node Node::map() {
  return map(Fields());
}

Node Node::map(Fields fields) {
  Node node;
  node.content_ = std::move(fields);
  return node;
}

const std::string& Node::text() const {
  static const std::string none;
  const auto* text = std::get_if<std::string>(&content_);
  return text == nullptr ? none : *text;
}

const Node::Items& Node::items() const {
  static const Items none;
  const auto* items = std::get_if<Items>(&content_);
  return items == nullptr ? none : *items;
}

const Node::Fields& Node::fields() const {
  static const Fields none;
  const auto* fields = std::get_if<Fields>(&content_);
  return fields == nullptr ? none : *fields;
}

const Node* Node::find(std::string_view key) const {
  const Fields& all = fields();
  const auto found = std::find_if(all.begin(), all.end(), [&](const Field& field) { return field.key == key; });
  return found == all.end() ? nullptr : &found->value;
}

Node* Node::find(std::string_view key) {
  return const_cast<Node*>(std::as_const(*this).find(key));
}

void Node::set_place(const Place& place) {
  file_ = place.file;
  line_ = place.line;
}

}  // namespace linkaudit::catalog

// Reading the fields of one map: types, ranges and unknown keys, each problem with its place.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "audit/catalog/load.h"
#include "audit/catalog/node.h"

namespace linkaudit::catalog {

// Problems in the order of finding; sorted by place at the end.
class Problems {
 public:
  explicit Problems(Purpose purpose = Purpose::reading) : purpose_(purpose) {}

  Purpose purpose() const { return purpose_; }
  void add(const Place& place, std::string text);
  bool empty() const { return errors_.empty(); }
  std::size_t size() const { return errors_.size(); }
  std::vector<CatalogError> sorted() const;

 private:
  Purpose purpose_;
  std::vector<CatalogError> errors_;
};

// `where` begins every message: "hosts.wechat". Keys asked for are known; finish() reports the others.
class Fields {
 public:
  Fields(const Node& node, std::string where, Problems& problems);

  const Node* node(const std::string& key);  // null when not given
  std::string text(const std::string& key, const std::string& otherwise = {});
  std::string required(const std::string& key);
  int number(const std::string& key, int least, int most, int otherwise);
  double decimal(const std::string& key, double least, double most, double otherwise);
  bool flag(const std::string& key, bool otherwise);
  std::vector<std::string> texts(const std::string& key);  // a list, or a single text
  law::Bilingual bilingual(const std::string& key, bool required);
  std::string one_of(const std::string& key, const std::vector<std::string>& valid, const std::string& otherwise);
  void finish();

  void problem(const std::string& key, const std::string& text);  // at the key's place, or the map's
  const std::string& where() const { return where_; }
  Problems& problems() { return problems_; }
  Place place() const { return node_.place(); }

 private:
  std::optional<std::string> scalar(const std::string& key, const char* what);

  const Node& node_;
  std::string where_;
  Problems& problems_;
  std::vector<std::string> known_;
};

// The elements of a list of maps with ids, each id checked: present, of [a-z0-9_-], not twice.
struct Identified {
  std::string_view id;  // the node's own
  const Node* node = nullptr;
};
std::vector<Identified> identified(const Node* list, const std::string& where, Problems& problems);

}  // namespace linkaudit::catalog

#include "audit/catalog/fields.h"

#include <absl/container/flat_hash_set.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>
#include <string_view>
#include <tuple>

namespace linkaudit::catalog {

void Problems::add(const Place& place, std::string text) {
  errors_.push_back(
      {place.file == nullptr ? std::string() : *place.file, place.line, std::move(text)});  // no text at all
}

std::vector<CatalogError> Problems::sorted() const {
  std::vector<CatalogError> errors = errors_;
  std::stable_sort(errors.begin(), errors.end(), [](const CatalogError& left, const CatalogError& right) {
    return std::tie(left.file, left.line) < std::tie(right.file, right.line);
  });
  // What is found in one layer may be found again in the whole.
  std::vector<CatalogError> once;
  for (CatalogError& error : errors) {
    const bool known = std::any_of(once.begin(), once.end(), [&](const CatalogError& other) {
      return other.file == error.file && other.line == error.line && other.text == error.text;
    });
    if (!known) once.push_back(std::move(error));
  }
  return once;
}

Fields::Fields(const Node& node, std::string where, Problems& problems)
    : node_(node), where_(std::move(where)), problems_(problems) {
  if (node.kind() != Node::Kind::map)
    problems_.add(node.place(), where_ + (where_.empty() ? "" : ": ") + "must be a map of keys");
}

const Node* Fields::node(const std::string& key) {
  known_.push_back(key);
  return node_.find(key);
}

void Fields::problem(const std::string& key, const std::string& text) {
  const Node* at = node_.find(key);
  const std::string dot = where_.empty() ? "" : ".";
  problems_.add(at == nullptr ? node_.place() : at->place(), where_ + dot + key + ": " + text);
}

std::optional<std::string> Fields::scalar(const std::string& key, const char* what) {
  const Node* found = node(key);
  if (found == nullptr || found->kind() == Node::Kind::null) return std::nullopt;
  if (found->kind() == Node::Kind::scalar) return found->text();
  problem(key, std::string("must be ") + what);
  return std::nullopt;
}

std::string Fields::text(const std::string& key, const std::string& otherwise) {
  return scalar(key, "a text").value_or(otherwise);
}

std::string Fields::required(const std::string& key) {
  const Node* found = node_.find(key);
  std::string value = text(key);
  if (found == nullptr)
    problems_.add(node_.place(), where_ + ": " + key + " is missing");
  else if (value.find_first_not_of(" \t\r\n") == std::string::npos && found->kind() != Node::Kind::map &&
           found->kind() != Node::Kind::list)
    problem(key, "is empty");
  return value;
}

int Fields::number(const std::string& key, int least, int most, int otherwise) {
  const auto value = scalar(key, "a whole number");
  if (!value) return otherwise;
  int number = 0;
  const auto [end, error] = std::from_chars(value->data(), value->data() + value->size(), number);
  if (node_.find(key)->quoted() || error != std::errc() || end != value->data() + value->size() || number < least ||
      number > most) {
    problem(key, fmt::format("\"{}\" is not valid; valid is a whole number from {} to {}", *value, least, most));
    return otherwise;
  }
  return number;
}

double Fields::decimal(const std::string& key, double least, double most, double otherwise) {
  const auto value = scalar(key, "a number");
  if (!value) return otherwise;
  double number = 0;
  const auto [end, error] = std::from_chars(value->data(), value->data() + value->size(), number);
  if (node_.find(key)->quoted() || error != std::errc() || end != value->data() + value->size() || !(number >= least) ||
      number > most) {
    problem(key, fmt::format("\"{}\" is not valid; valid is a number from {} to {}", *value, least, most));
    return otherwise;
  }
  return number;
}

bool Fields::flag(const std::string& key, bool otherwise) {
  const auto value = scalar(key, "true or false");
  if (!value) return otherwise;
  if (node_.find(key)->quoted() || (*value != "true" && *value != "false")) {
    problem(key, "\"" + *value + "\" is not valid; valid are true and false");
    return otherwise;
  }
  return *value == "true";
}

std::vector<std::string> Fields::texts(const std::string& key) {
  const Node* found = node(key);
  if (found == nullptr || found->kind() == Node::Kind::null) return {};
  if (found->kind() == Node::Kind::scalar) {
    if (found->text().empty()) problem(key, "is empty");
    return {found->text()};
  }
  std::vector<std::string> values;
  for (const Node& item : found->items()) {
    if (item.kind() == Node::Kind::scalar && !item.text().empty())
      values.push_back(item.text());
    else
      problems_.add(item.place(), where_ + "." + key + ": every element must be a text, and not an empty one");
  }
  if (found->kind() == Node::Kind::map) problem(key, "must be a list of texts");
  return values;
}

law::Bilingual Fields::bilingual(const std::string& key, bool is_required) {
  const Node* found = node(key);
  if (found == nullptr) {
    if (is_required) problems_.add(node_.place(), where_ + ": " + key + " is missing; valid is {en: ..., zh: ...}");
    return {};
  }
  if (found->kind() != Node::Kind::map) {
    problem(key, "must be {en: ..., zh: ...}");
    return {};
  }
  Fields fields(*found, where_ + "." + key, problems_);
  law::Bilingual both{fields.required("en"), fields.required("zh")};
  fields.finish();
  return both;
}

std::string Fields::one_of(const std::string& key, const std::vector<std::string>& valid,
                           const std::string& otherwise) {
  std::string value = text(key, otherwise);
  if (std::find(valid.begin(), valid.end(), value) != valid.end()) return value;
  if (node_.find(key) != nullptr) {
    problem(key, fmt::format("\"{}\" is not valid; valid are {}", value, fmt::join(valid, ", ")));
  }
  return otherwise;
}

void Fields::finish() {
  for (const auto& [key, value] : node_.fields()) {
    if (std::find(known_.begin(), known_.end(), key) != known_.end()) continue;
    std::sort(known_.begin(), known_.end());
    known_.erase(std::unique(known_.begin(), known_.end()), known_.end());
    const std::string where = where_.empty() ? key : where_ + "." + key;
    problems_.add(value.place(), fmt::format("{}: unknown key; valid are {}", where, fmt::join(known_, ", ")));
  }
}

std::vector<Identified> identified(const Node* list, const std::string& where, Problems& problems) {
  std::vector<Identified> found;
  if (list == nullptr || list->kind() == Node::Kind::null) return found;
  if (list->kind() != Node::Kind::list) {
    problems.add(list->place(), where + ": must be a list");
    return found;
  }
  found.reserve(list->items().size());
  absl::flat_hash_set<std::string_view> seen;  // there may be 100,000
  seen.reserve(list->items().size());
  for (const Node& item : list->items()) {
    const Node* id = item.find("id");
    if (id == nullptr || id->text().empty()) {
      problems.add(item.place(), where + ": an element without id");
      continue;
    }
    const bool plain = std::all_of(id->text().begin(), id->text().end(), [](char c) {
      return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
    });
    if (!plain) {
      problems.add(id->place(), where + ": id \"" + id->text() + "\" is not valid; valid are letters, digits, _ and -");
      continue;
    }
    if (!seen.insert(id->text()).second) {
      problems.add(id->place(), where + ": id " + id->text() + " stands twice");
      continue;
    }
    found.push_back({id->text(), &item});
  }
  return found;
}

}  // namespace linkaudit::catalog

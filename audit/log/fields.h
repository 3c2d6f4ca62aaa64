// Reading of JSON objects field by field, with a message that names the field that does not fit.
#pragma once

#include <cstdint>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "audit/log/log.h"

namespace linkaudit::log {

// One object. Absent and null are the same. All functions throw std::invalid_argument naming the field.
class Fields {
 public:
  // `place` leads to the object: "" for the outermost, else such as "control.".
  Fields(const nlohmann::json& object, std::string place);

  const nlohmann::json* find(const char* name);  // nullptr when absent or null
  const nlohmann::json& require(const char* name);

  std::string text(const char* name);           // "" when absent
  std::string required_text(const char* name);  // absent is an error, empty is not
  std::int64_t integer(const char* name, std::int64_t fallback);
  std::optional<int> small_integer(const char* name);
  bool boolean(const char* name, bool fallback);
  std::optional<bool> optional_boolean(const char* name);
  std::optional<double> number(const char* name);
  std::optional<Instant> instant(const char* name);
  Instant required_instant(const char* name);

  // A value of a closed list; `from` maps its name.
  template <typename From>
  auto named(const char* name, From from) -> decltype(from(std::string_view())) {
    const nlohmann::json* value = find(name);
    if (value == nullptr) return std::nullopt;
    const std::string& text = text_in(*value, name);
    const auto found = from(text);
    if (!found) fail(name, "\"" + text + "\" is not known");
    return found;
  }
  template <typename From>
  auto required_named(const char* name, From from) {
    require(name);
    return *named(name, from);
  }

  void refuse_others() const;  // fields that nobody asked for
  std::string place_of(const char* name) const { return place_ + name; }
  [[noreturn]] void fail(const char* name, const std::string& problem) const;

 private:
  const std::string& text_in(const nlohmann::json& value, const char* name) const;

  const nlohmann::json& object_;
  std::string place_;
  std::vector<const nlohmann::json*> known_;  // those that were asked for and are there
};

// Values that several records share. An absent map or list is empty.
std::map<std::string, std::string> text_map_from(Fields& fields, const char* name);
std::vector<std::string> text_list_from(Fields& fields, const char* name);
std::vector<probes::Attempt> earlier_from(Fields& outer);
probes::Failure failure_from_json(const nlohmann::json& value, const std::string& place);

}  // namespace linkaudit::log

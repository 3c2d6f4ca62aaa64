#include "audit/log/fields.h"

#include <algorithm>
#include <limits>

#include "audit/log/instant_text.h"

namespace linkaudit::log {

using nlohmann::json;

Fields::Fields(const json& object, std::string place) : object_(object), place_(std::move(place)) {
  if (!object.is_object()) {
    throw std::invalid_argument((place_.empty() ? "the record" : place_.substr(0, place_.size() - 1)) +
                                ": is not an object");
  }
}

void Fields::fail(const char* name, const std::string& problem) const {
  throw std::invalid_argument(place_of(name) + ": " + problem);
}

const json* Fields::find(const char* name) {
  const auto found = object_.find(name);
  if (found == object_.end()) return nullptr;
  known_.push_back(&*found);
  return found->is_null() ? nullptr : &*found;
}

const json& Fields::require(const char* name) {
  const json* value = find(name);
  if (value == nullptr) fail(name, "is missing");
  return *value;
}

const std::string& Fields::text_in(const json& value, const char* name) const {
  if (!value.is_string()) fail(name, "is not a text");
  return value.get_ref<const std::string&>();
}

std::string Fields::text(const char* name) {
  const json* value = find(name);
  return value == nullptr ? std::string() : text_in(*value, name);
}

std::string Fields::required_text(const char* name) {
  return text_in(require(name), name);
}

std::int64_t Fields::integer(const char* name, std::int64_t fallback) {
  const json* value = find(name);
  if (value == nullptr) return fallback;
  const bool fits = value->is_number_integer() &&
                    (!value->is_number_unsigned() || value->get<std::uint64_t>() <= std::uint64_t{INT64_MAX});
  if (!fits) fail(name, "is not a whole number");
  return value->get<std::int64_t>();
}

std::optional<int> Fields::small_integer(const char* name) {
  if (find(name) == nullptr) return std::nullopt;
  const std::int64_t value = integer(name, 0);
  if (value < std::numeric_limits<int>::min() || value > std::numeric_limits<int>::max()) fail(name, "is out of range");
  return static_cast<int>(value);
}

bool Fields::boolean(const char* name, bool fallback) {
  return optional_boolean(name).value_or(fallback);
}

std::optional<bool> Fields::optional_boolean(const char* name) {
  const json* value = find(name);
  if (value == nullptr) return std::nullopt;
  if (!value->is_boolean()) fail(name, "is neither true nor false");
  return value->get<bool>();
}

std::optional<double> Fields::number(const char* name) {
  const json* value = find(name);
  if (value == nullptr) return std::nullopt;
  if (!value->is_number()) fail(name, "is not a number");
  return value->get<double>();
}

std::optional<Instant> Fields::instant(const char* name) {
  const json* value = find(name);
  if (value == nullptr) return std::nullopt;
  const std::string& text = text_in(*value, name);
  const auto instant = instant_from_text(text);
  if (!instant) fail(name, "\"" + text + "\" is not an instant such as 2022-01-27T04:00:00.000Z");
  return instant;
}

Instant Fields::required_instant(const char* name) {
  require(name);
  return *instant(name);
}

void Fields::refuse_others() const {
  for (auto member = object_.begin(); member != object_.end(); ++member) {
    if (std::find(known_.begin(), known_.end(), &*member) == known_.end()) {
      throw std::invalid_argument(place_ + member.key() + ": is not a known field");
    }
  }
}

}  // namespace linkaudit::log

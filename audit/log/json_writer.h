// Writes canonical JSON (RFC 8785) piece by piece, without a tree of values in between: the fast way to a record.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "audit/log/utf8.h"

namespace linkaudit::log {

// The caller gives each object's keys in the order of `key_less`.
class JsonWriter {
 public:
  void begin_object();
  void end_object();
  void begin_array();
  void end_array();
  void key(std::string_view name);

  void text(std::string_view value);  // bytes that are not UTF-8 become U+FFFD
  void integer(std::int64_t value);   // throws std::invalid_argument beyond 2^53, where JSON's numbers are not exact
  void number(double value);          // as ECMAScript prints it; throws std::invalid_argument when not finite
  void boolean(bool value);
  void null();

  // A key with its value; `..._if` writes nothing for an empty text.
  void field(std::string_view name, std::string_view value);
  void field_if(std::string_view name, std::string_view value);
  void field(std::string_view name, std::int64_t value);

  const std::string& written() const { return out_; }
  std::string take() { return std::move(out_); }

 private:
  void separate();

  std::string out_;
  bool first_ = true;
};

// Order of keys: by UTF-16 code units (RFC 8785 section 3.2.3). Both are UTF-8.
bool key_less(std::string_view left, std::string_view right);

}  // namespace linkaudit::log

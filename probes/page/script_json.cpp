#include "probes/page/script_json.h"

#include <nlohmann/json.hpp>

namespace linkaudit::probes {
namespace {

// Events of the JSON parser, which keeps its own place in a vector: no recursion.
class Events : public nlohmann::json_sax<nlohmann::json> {
 public:
  explicit Events(JsonNames& names) : names_(names) {}

  bool null() override { return plain(""); }
  bool boolean(bool value) override { return plain(value ? "true" : "false"); }
  bool number_integer(number_integer_t value) override { return plain(std::to_string(value)); }
  bool number_unsigned(number_unsigned_t value) override { return plain(std::to_string(value)); }
  bool number_float(number_float_t, const string_t& text) override { return plain(text); }
  bool string(string_t& value) override {
    names_.string(value);  // a text within a text
    return true;
  }
  bool binary(binary_t&) override { return false; }
  bool start_object(std::size_t) override { return start(false); }
  bool start_array(std::size_t) override { return start(true); }
  bool end_object() override { return end(); }
  bool end_array() override { return end(); }
  bool key(string_t& value) override {
    names_.key(value);
    return true;
  }
  bool parse_error(std::size_t, const std::string&, const nlohmann::json::exception&) override { return false; }

 private:
  bool plain(std::string_view value) {
    names_.plain(value);
    return true;
  }
  bool start(bool array) {
    names_.start(array);
    return true;
  }
  bool end() {
    names_.end();
    return true;
  }

  JsonNames& names_;
};

}  // namespace

bool read_json(std::string_view json, JsonNames& names) {
  Events events(names);
  return nlohmann::json::sax_parse(json, &events);
}

}  // namespace linkaudit::probes

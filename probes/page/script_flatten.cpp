#include <nlohmann/json.hpp>
#include <vector>

#include "probes/page/entities.h"
#include "probes/page/script_json.h"

namespace linkaudit::probes {
namespace {

constexpr std::size_t kMaxDepth = 16;
constexpr std::size_t kMaxNames = 2000;
constexpr std::size_t kMaxValue = 8 * 1024;
constexpr std::size_t kMaxKey = 128;

std::string shortened(const std::string& text, std::size_t size) {
  if (text.size() <= size) return text;
  while (size > 0 && (static_cast<unsigned char>(text[size]) & 0xC0) == 0x80) --size;
  return text.substr(0, size);
}

// WeChat's pages encode the strings for HTML, some twice.
std::string decoded(const std::string& text) {
  const std::string once = decode_references(text, ReferenceStyle::strict);
  return once == text ? once : decode_references(once, ReferenceStyle::strict);
}

// Events of the JSON parser, which keeps its own place in a vector: no recursion on either side.
class Flattener : public nlohmann::json_sax<nlohmann::json> {
 public:
  Flattener(const std::string& name, std::map<std::string, std::string>& out) : path_(name), out_(out) {}

  bool null() override { return add(""); }
  bool boolean(bool value) override { return add(value ? "true" : "false"); }
  bool number_integer(number_integer_t value) override { return add(std::to_string(value)); }
  bool number_unsigned(number_unsigned_t value) override { return add(std::to_string(value)); }
  bool number_float(number_float_t, const string_t& text) override { return add(text); }
  bool string(string_t& value) override { return add(decoded(shortened(value, kMaxValue))); }
  bool binary(binary_t&) override { return false; }
  bool start_object(std::size_t) override { return start(false); }
  bool start_array(std::size_t) override { return start(true); }
  bool end_object() override { return end(); }
  bool end_array() override { return end(); }
  bool key(string_t& value) override {
    levels_.back().key = shortened(value, kMaxKey);
    return true;
  }
  bool parse_error(std::size_t, const std::string&, const nlohmann::json::exception&) override {
    broken_ = true;
    return false;
  }
  bool broken() const { return broken_; }

 private:
  struct Level {
    bool array = false;
    std::size_t index = 0;
    std::string key;
    std::size_t path_size = 0;  // of the name that leads here
  };

  // The name of the value that comes next.
  std::string name_of_next() {
    if (levels_.empty()) return path_;
    Level& level = levels_.back();
    return path_ + '.' + (level.array ? std::to_string(level.index++) : level.key);
  }
  bool add(const std::string& value) {
    if (out_.size() >= kMaxNames) return false;
    out_.insert_or_assign(name_of_next(), value);
    return true;
  }
  bool start(bool array) {
    if (levels_.size() >= kMaxDepth) return false;
    const std::size_t size = path_.size();
    path_ = name_of_next();
    levels_.push_back({.array = array, .index = 0, .key = {}, .path_size = size});
    return true;
  }
  bool end() {
    path_.resize(levels_.back().path_size);
    levels_.pop_back();
    return true;
  }

  std::string path_;
  std::map<std::string, std::string>& out_;
  std::vector<Level> levels_;
  bool broken_ = false;
};

}  // namespace

bool flatten_json(const std::string& name, std::string_view json, std::map<std::string, std::string>& out) {
  // What another object has filled counts against the same bound.
  std::map<std::string, std::string> found;
  Flattener flattener(name, found);
  nlohmann::json::sax_parse(json, &flattener);
  if (flattener.broken()) return false;
  for (auto& [key, value] : found) {
    if (out.size() >= kMaxNames && !out.contains(key)) break;
    out.insert_or_assign(key, std::move(value));
  }
  return true;
}

}  // namespace linkaudit::probes

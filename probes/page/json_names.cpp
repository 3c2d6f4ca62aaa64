#include "probes/page/json_names.h"

#include "probes/page/entities.h"

namespace linkaudit::probes {
namespace {

constexpr std::size_t kMostLevels = 16;
constexpr std::size_t kMaxValue = 8 * 1024;
constexpr std::size_t kMaxKey = 128;

std::string_view shortened(std::string_view text, std::size_t size) {
  if (text.size() <= size) return text;
  while (size > 0 && (static_cast<unsigned char>(text[size]) & 0xC0) == 0x80) --size;
  return text.substr(0, size);
}

std::string decoded(std::string_view text) {
  std::string once = decode_references(text, ReferenceStyle::strict);
  return once == text ? once : decode_references(once, ReferenceStyle::strict);
}

}  // namespace

bool JsonNames::kept() const {
  return beyond_ == 0 && !found_.full();
}

// The name of the value that comes next; valid until the next call.
std::string_view JsonNames::name_of_next() {
  if (levels_.empty()) return path_;
  Level& level = levels_.back();
  name_.assign(path_).push_back('.');
  name_ += level.array ? std::to_string(level.index++) : level.key;
  return name_;
}

void JsonNames::start(bool array) {
  if (beyond_ > 0 || levels_.size() >= kMostLevels) {
    ++beyond_;
    return;
  }
  const std::size_t size = path_.size();
  path_ = name_of_next();
  levels_.push_back({.array = array, .index = 0, .key = {}, .path_size = size});
}

void JsonNames::key(std::string_view key) {
  if (beyond_ == 0) levels_.back().key = shortened(key, kMaxKey);
}

void JsonNames::end() {
  if (beyond_ > 0) {
    --beyond_;
    return;
  }
  path_.resize(levels_.back().path_size);
  levels_.pop_back();
}

JsonNames::Mark JsonNames::mark() const {
  return {found_.size(), levels_.empty() ? 0 : levels_.back().index};
}

void JsonNames::drop_value(const Mark& begin) {
  if (beyond_ > 0) return;
  found_.forget_behind(begin.found);
  if (!levels_.empty()) levels_.back().index = begin.index + 1;
}

void JsonNames::string(std::string_view value) {
  if (!kept()) return;
  const std::string_view kept_of_it = shortened(value, kMaxValue);
  if (kept_of_it.find('&') == std::string_view::npos) {
    found_.add(name_of_next(), kept_of_it);
  } else {
    found_.add(name_of_next(), decoded(kept_of_it));
  }
}

void JsonNames::plain(std::string_view value) {
  if (kept()) found_.add(name_of_next(), shortened(value, kMaxValue));
}

}  // namespace linkaudit::probes

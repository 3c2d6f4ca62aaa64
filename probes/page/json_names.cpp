#include "probes/page/json_names.h"

#include "probes/page/entities.h"

namespace linkaudit::probes {
namespace {

constexpr std::size_t kMostLevels = 16;
constexpr std::size_t kMaxNames = 2000;
constexpr std::size_t kMaxValue = 8 * 1024;
constexpr std::size_t kMaxKey = 128;

std::string_view shortened(std::string_view text, std::size_t size) {
  if (text.size() <= size) return text;
  while (size > 0 && (static_cast<unsigned char>(text[size]) & 0xC0) == 0x80) --size;
  return text.substr(0, size);
}

std::string decoded(std::string_view text) {
  if (text.find('&') == std::string_view::npos) return std::string(text);
  std::string once = decode_references(text, ReferenceStyle::strict);
  return once == text ? once : decode_references(once, ReferenceStyle::strict);
}

}  // namespace

bool JsonNames::kept() const {
  return beyond_ == 0 && found_.size() < kMaxNames;
}

// The name of the value that comes next.
std::string JsonNames::name_of_next() {
  if (levels_.empty()) return path_;
  Level& level = levels_.back();
  return path_ + '.' + (level.array ? std::to_string(level.index++) : level.key);
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

void JsonNames::string(std::string_view value) {
  if (kept()) found_.insert_or_assign(name_of_next(), decoded(shortened(value, kMaxValue)));
}

void JsonNames::plain(std::string_view value) {
  if (kept()) found_.insert_or_assign(name_of_next(), std::string(shortened(value, kMaxValue)));
}

void JsonNames::move_into(std::map<std::string, std::string>& out) {
  if (found_.size() > out.size() && out.size() + found_.size() <= kMaxNames) {
    found_.merge(out);  // the fewer are moved: a page may have many small objects beside many names
    out = std::move(found_);
    return;
  }
  for (auto& [name, value] : found_) {
    if (out.size() < kMaxNames || out.contains(name)) out.insert_or_assign(name, std::move(value));
  }
}

}  // namespace linkaudit::probes

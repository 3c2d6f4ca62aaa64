// What stored blobs are: their bytes, unpacked with the help of others. FORMAT.md says how.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "audit/log/log_state.h"

namespace linkaudit::log {

// Column `parts`: the first number, then the difference of each to the one before, with spaces between. numbers_in()
// throws std::runtime_error for what is none.
std::string parts_of(const std::vector<std::int64_t>& numbers);
std::vector<std::int64_t> numbers_in(std::string_view parts);

class BlobTexts {
 public:
  explicit BlobTexts(Log::State& state) : state_(state) {}

  // The number of the blob under this digest, with a content or not.
  std::optional<std::int64_t> find(const Digest& digest);

  // Its bytes, nothing when they are not there. Not held against the digest. Throws std::runtime_error when what is
  // stored cannot be unpacked.
  std::optional<std::string> text(std::int64_t id) { return text(id, 0); }

  // What stands before the text of a blob that is packed after `base` and has these `parts`.
  std::string before(std::int64_t base, std::string_view parts) { return before(base, parts, 0); }

 private:
  std::optional<std::string> text(std::int64_t id, int depth);
  std::string before(std::int64_t base, std::string_view parts, int depth);
  const std::string& base_text(std::int64_t base, int depth);
  std::vector<std::string> digests_of(std::string_view parts, int depth);
  std::string parts_of_base(std::int64_t base);

  Log::State& state_;
  std::unordered_map<std::int64_t, std::string> bases_;  // those used last
  std::size_t bases_bytes_ = 0;
};

// Header blocks, and whatever else ends with an empty line, one after another.
template <typename Each>
void for_each_block(std::string_view text, const Each& each) {
  constexpr std::string_view kEnd = "\r\n\r\n";
  while (!text.empty()) {
    const std::size_t end = text.find(kEnd);
    const std::size_t length = end == std::string_view::npos ? text.size() : end + kEnd.size();
    each(text.substr(0, length));
    text.remove_prefix(length);
  }
}

}  // namespace linkaudit::log

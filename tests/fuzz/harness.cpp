#include "tests/fuzz/harness.h"

#include <algorithm>
#include <cstdint>

namespace linkaudit::fuzz {
namespace {

constexpr std::size_t kLongestExample = 400;

std::string printable(std::string_view text) {
  std::string out;
  for (const char c : text.substr(0, kLongestExample)) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x20 && byte != 0x7F) {
      out += c;
    } else {
      constexpr std::string_view digits = "0123456789abcdef";
      out.append("\\x").append(1, digits[byte >> 4]).append(1, digits[byte & 15]);
    }
  }
  return out;
}

// The length of the sequence that begins `bytes`: positive when it is whole, negative when so many bytes are wrong.
int sequence_length(std::string_view bytes) {
  const auto byte = [&](std::size_t at) { return static_cast<std::uint8_t>(bytes[at]); };
  const std::uint8_t lead = byte(0);
  if (lead < 0x80) return 1;
  if (lead < 0xC2 || lead > 0xF4) return -1;
  const int wanted = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  std::uint8_t lowest = 0x80;
  std::uint8_t highest = 0xBF;
  if (lead == 0xE0) lowest = 0xA0;
  if (lead == 0xED) highest = 0x9F;
  if (lead == 0xF0) lowest = 0x90;
  if (lead == 0xF4) highest = 0x8F;
  for (int at = 1; at < wanted; ++at) {
    const auto index = static_cast<std::size_t>(at);
    if (index >= bytes.size() || byte(index) < lowest || byte(index) > highest) return -at;
    lowest = 0x80;
    highest = 0xBF;
  }
  return wanted;
}

}  // namespace

void require(bool holds, std::string_view promise, std::string_view example) {
  if (holds) return;
  std::string message(promise);
  if (!example.empty()) message += ": " + printable(example);
  throw BrokenPromise(message);
}

void require_same(std::string_view one, std::string_view other, std::string_view promise) {
  if (one == other) return;
  const auto [in_one, in_other] = std::mismatch(one.begin(), one.end(), other.begin(), other.end());
  const auto from = [](std::string_view text, auto place) {
    const auto at = static_cast<std::size_t>(place - text.begin());
    return std::string(text.substr(at - std::min<std::size_t>(at, 20), 60));
  };
  require(false, promise, "\"" + from(one, in_one) + "\" is not \"" + from(other, in_other) + "\"");
}

std::string_view take_line(std::string_view& input) {
  const std::size_t end = std::min(input.find('\n'), input.size());
  const std::string_view line = input.substr(0, end);
  input.remove_prefix(std::min(end + 1, input.size()));
  return line;
}

bool is_utf8(std::string_view bytes) {
  while (!bytes.empty()) {
    const int length = sequence_length(bytes);
    if (length < 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(length));
  }
  return true;
}

std::string utf8_decoded(std::string_view bytes) {
  std::string out;
  while (!bytes.empty()) {
    const int length = sequence_length(bytes);
    const auto used = static_cast<std::size_t>(length < 0 ? -length : length);
    out += length < 0 ? std::string_view("\xEF\xBF\xBD") : bytes.substr(0, used);
    bytes.remove_prefix(used);
  }
  return out;
}

void require_one_line(std::string_view text, std::string_view what) {
  require(!text.empty(), std::string(what) + " is not empty");
  const bool clean =
      std::ranges::none_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
  require(clean, std::string(what) + " holds no control characters", text);
}

}  // namespace linkaudit::fuzz

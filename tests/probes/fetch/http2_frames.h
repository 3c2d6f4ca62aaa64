// Frames of HTTP/2 (RFC 9113 section 4.1), made by hand for a server that means no good.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace linkaudit::probes {

enum class FrameType : std::uint8_t {
  data = 0,
  headers = 1,
  priority = 2,
  settings = 4,
  window_update = 8,
  continuation = 9
};

inline constexpr std::uint8_t kEndStream = 1, kEndHeaders = 4, kPadded = 8;

inline std::string frame(FrameType type, std::uint8_t flags, std::uint32_t stream, std::string_view payload) {
  std::string bytes;
  for (const unsigned shift : {16U, 8U, 0U}) bytes += static_cast<char>(payload.size() >> shift & 0xFFU);
  bytes += static_cast<char>(type);
  bytes += static_cast<char>(flags);
  for (const unsigned shift : {24U, 16U, 8U, 0U}) bytes += static_cast<char>(stream >> shift & 0xFFU);
  return bytes.append(payload);
}

// A field as HPACK writes it without table or Huffman (RFC 7541 section 6.2.2). `name` of at most 126 bytes, `value` of
// at most 382.
inline std::string field(std::string_view name, std::string_view value) {
  const auto length = [](std::size_t size) {
    if (size < 127) return std::string(1, static_cast<char>(size));
    std::string bytes = "\x7F";
    for (size -= 127; size >= 128; size >>= 7U) bytes += static_cast<char>(size % 128 + 128);
    return bytes += static_cast<char>(size);
  };
  return std::string(1, '\0') + length(name.size()) + std::string(name) + length(value.size()) + std::string(value);
}

inline const std::string kStatus200 = "\x88";  // of the static table
inline constexpr std::uint32_t kFirstStream = 1;

}  // namespace linkaudit::probes

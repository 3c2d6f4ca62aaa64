#include "tests/fuzz/spellings.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <string_view>

namespace linkaudit::fuzz {
namespace {

using probes::Address;

std::string percent_encoded(std::string_view text) {
  std::string out;
  for (const char c : text) out += fmt::format("%{:02x}", static_cast<unsigned char>(c));
  return out;
}

std::string full_width(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c >= '0' && c <= '9') {
      out += fmt::format("\xEF\xBC{}", static_cast<char>(0x90 + (c - '0')));  // U+FF10 to U+FF19
    } else {
      out += "\xE3\x80\x82";  // U+3002, the ideographic full stop
    }
  }
  return out;
}

std::vector<std::string> spellings_of_v4(const Address& address) {
  const unsigned a = address.bytes[0];
  const unsigned b = address.bytes[1];
  const unsigned c = address.bytes[2];
  const unsigned d = address.bytes[3];
  const unsigned whole = a << 24 | b << 16 | c << 8 | d;
  const std::string dotted = to_string(address);
  return {
      dotted,
      dotted + ".",
      fmt::format("{}", whole),
      fmt::format("0x{:x}", whole),
      fmt::format("0X{:08X}", whole),
      fmt::format("0{:o}", whole),
      fmt::format("0x{:x}.0x{:x}.0x{:x}.0x{:x}", a, b, c, d),
      fmt::format("0{:o}.0{:o}.0{:o}.0{:o}", a, b, c, d),
      fmt::format("{}.{}", a, b << 16 | c << 8 | d),
      fmt::format("{}.{}.{}", a, b, c << 8 | d),
      fmt::format("0x{:x}.{}.0{:o}", a, b, c << 8 | d),
      percent_encoded(dotted),
      full_width(dotted),
      percent_encoded(full_width(dotted)),
  };
}

}  // namespace

std::vector<std::string> spellings_of(const Address& address) {
  if (!address.v6) return spellings_of_v4(address);
  std::string parts;
  for (std::size_t at = 0; at < 16; at += 2) {
    parts += fmt::format("{}{:04X}", at == 0 ? "" : ":", address.bytes[at] << 8 | address.bytes[at + 1]);
  }
  const std::string dotted = parts.substr(0, 30) + to_string(embedded_v4(address, 12));
  return {"[" + to_string(address) + "]", "[" + parts + "]", "[" + dotted + "]"};
}

std::vector<Address> carriers_of(const Address& address) {
  if (address.v6) return {};
  std::vector<Address> carriers;
  for (const char* prefix : {"::", "::ffff:0:0", "::ffff:0:0:0", "64:ff9b::"}) {
    Address carrier = probes::parse_address(prefix).value();
    std::copy_n(address.bytes.begin(), 4, carrier.bytes.begin() + 12);
    carriers.push_back(carrier);
  }
  Address six_to_four = probes::parse_address("2002::1").value();
  std::copy_n(address.bytes.begin(), 4, six_to_four.bytes.begin() + 2);
  carriers.push_back(six_to_four);
  return carriers;
}

}  // namespace linkaudit::fuzz

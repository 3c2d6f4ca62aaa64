// An IP address as bytes, and a block of addresses.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

struct sockaddr;

namespace linkaudit::probes {

struct Address {
  bool v6 = false;
  std::array<std::uint8_t, 16> bytes{};  // network order; IPv4 in the first four

  bool operator==(const Address&) const = default;
};

// Dotted IPv4 in four decimal parts, or IPv6 without brackets and zone. Nothing for any other spelling.
std::optional<Address> parse_address(std::string_view text);

// Nothing when the socket address is of another family.
std::optional<Address> address_of(const sockaddr& socket_address);

std::string to_string(const Address& address);

// The IPv4 address in the four bytes that begin at `offset`.
Address embedded_v4(const Address& address, std::size_t offset);

struct AddressBlock {
  Address base;
  int prefix = 0;

  bool contains(const Address& address) const;
};

// "10.0.0.0/8", "fc00::/7", or an address alone.
std::optional<AddressBlock> parse_block(std::string_view text);

}  // namespace linkaudit::probes

// The address guard. Input: an address (or the raw bytes of one) on the first line, a block that is allowed on the
// second.
#include "probes/fetch/address.h"

#include <algorithm>
#include <cstdint>

#include "probes/fetch/address_guard.h"
#include "probes/fetch/url.h"
#include "probes/fetch/url_check.h"
#include "tests/fuzz/harness.h"
#include "tests/fuzz/harnesses.h"
#include "tests/fuzz/spellings.h"

namespace linkaudit::fuzz {
namespace {

using probes::Address;
using probes::AddressGuard;

Address address_from(std::string_view line) {
  if (const auto address = probes::parse_address(line)) return *address;
  Address address;
  address.v6 = line.size() > 4;
  const std::size_t width = address.v6 ? 16 : 4;
  for (std::size_t at = 0; at < std::min(line.size(), width); ++at) {
    address.bytes[at] = static_cast<std::uint8_t>(line[at]);
  }
  return address;
}

// What no table may ever let pass, written down once more by hand.
bool is_surely_private(const Address& address) {
  const auto& b = address.bytes;
  if (!address.v6) {
    return b[0] == 0 || b[0] == 10 || b[0] == 127 || b[0] >= 224 || (b[0] == 100 && (b[1] & 0xC0) == 64) ||
           (b[0] == 169 && b[1] == 254) || (b[0] == 172 && (b[1] & 0xF0) == 16) || (b[0] == 192 && b[1] == 168) ||
           (b[0] == 168 && b[1] == 63 && b[2] == 129 && b[3] == 16);
  }
  const std::uint8_t nat64[12] = {0, 0x64, 0xFF, 0x9B};
  if (std::equal(std::begin(nat64), std::end(nat64), b.begin())) return is_surely_private(embedded_v4(address, 12));
  const bool is_6to4 = b[0] == 0x20 && b[1] == 0x02;
  const bool is_teredo = b[0] == 0x20 && b[1] == 0x01 && b[2] == 0 && b[3] == 0;
  return (b[0] & 0xE0) != 0x20 || is_6to4 || is_teredo;
}

void check_text(const Address& address) {
  const std::string text = to_string(address);
  const auto again = probes::parse_address(text);
  require(again && *again == address, "an address reads back as it was written", text);
}

// Whoever asks for a refused address by another name for it is refused too, and a public one stays one.
void check_spellings(const Address& address, const AddressGuard& guard) {
  const bool refused = guard.refusal(address).has_value();
  for (const std::string& host : spellings_of(address)) {
    const auto url = probes::parse_url("http://" + host + "/");
    if (!url) continue;
    require(url->address == address, "every spelling of an address is that address", host);
    const auto failure = check_url(*url, guard, probes::ConnectTo());
    require(failure.has_value() == refused, "a spelling changes nothing about a refusal", host);
  }
  if (!refused) return;
  for (const Address& carrier : carriers_of(address)) {
    require(guard.refusal(carrier).has_value(), "a refused address is refused inside IPv6", to_string(carrier));
  }
}

void check_allowed(std::string_view line, const Address& address) {
  const auto block = probes::parse_block(line);
  if (!block) return;
  require(block->contains(block->base), "a block holds its own base", line);
  const std::string text[] = {std::string(line)};
  const AddressGuard guard(text);
  const bool within = block->contains(address);
  if (within) require(!guard.refusal(address), "what lies in an allowed block is not refused", to_string(address));
  const bool surely_outside = !within && !(address.v6 && block->contains(embedded_v4(address, 12)));
  if (surely_outside && is_surely_private(address)) {
    require(guard.refusal(address).has_value(), "an allowed block allows nothing beside it", to_string(address));
  }
}

}  // namespace

void address(std::string_view input) {
  const Address address = address_from(take_line(input));
  check_text(address);
  const AddressGuard guard;
  const auto why = guard.refusal(address);
  if (why) require_one_line(*why, "the reason for a refusal");
  if (is_surely_private(address)) require(why.has_value(), "a private address is refused", to_string(address));
  check_spellings(address, guard);
  check_allowed(take_line(input), address);
}

}  // namespace linkaudit::fuzz

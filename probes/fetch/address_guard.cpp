#include "probes/fetch/address_guard.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <stdexcept>

#include "probes/page/ascii.h"

namespace linkaudit::probes {
namespace {

struct Row {
  std::string_view block;
  bool reachable;  // globally
  std::string_view what;
};

// IANA IPv4 Special-Purpose Address Registry, https://www.iana.org/assignments/iana-ipv4-special-registry, and IANA
// IPv6 Special-Purpose Address Registry, https://www.iana.org/assignments/iana-ipv6-special-registry, with their RFC
// 6890 column "Globally Reachable"; "N/A" there (6to4, Teredo, ORCHID) counts as no. The longest matching block
// decides. Rows marked (*) come from elsewhere.
constexpr std::array kBlocks = {
    Row{"0.0.0.0/8", false, "this network"},
    Row{"0.0.0.0/32", false, "unspecified"},
    Row{"10.0.0.0/8", false, "private use"},
    Row{"100.64.0.0/10", false, "carrier-grade NAT"},
    Row{"127.0.0.0/8", false, "loopback"},
    Row{"168.63.129.16/32", false, "a cloud's host agent"},  // (*) Azure's documentation of this address
    Row{"169.254.0.0/16", false, "link-local"},
    Row{"172.16.0.0/12", false, "private use"},
    Row{"192.0.0.0/24", false, "IETF protocol assignments"},
    Row{"192.0.0.9/32", true, "port control anycast"},
    Row{"192.0.0.10/32", true, "TURN anycast"},
    Row{"192.0.2.0/24", false, "documentation"},
    Row{"192.31.196.0/24", true, "AS112"},
    Row{"192.52.193.0/24", true, "AMT"},
    Row{"192.88.99.0/24", false, "6to4 relay anycast"},
    Row{"192.168.0.0/16", false, "private use"},
    Row{"192.175.48.0/24", true, "AS112"},
    Row{"198.18.0.0/15", false, "benchmarking"},
    Row{"198.51.100.0/24", false, "documentation"},
    Row{"203.0.113.0/24", false, "documentation"},
    Row{"224.0.0.0/4", false, "multicast"},  // (*) RFC 5771
    Row{"240.0.0.0/4", false, "reserved"},
    Row{"255.255.255.255/32", false, "limited broadcast"},

    Row{"::/0", false, "outside global unicast"},  // (*) RFC 4291: only 2000::/3 is assigned for it
    Row{"2000::/3", true, "global unicast"},       // (*) RFC 4291
    Row{"::/128", false, "unspecified"},
    Row{"::1/128", false, "loopback"},
    Row{"::/96", false, "IPv4-compatible"},  // (*) RFC 4291, deprecated
    Row{"::ffff:0:0/96", false, "IPv4-mapped"},
    Row{"::ffff:0:0:0/96", false, "IPv4-translated"},  // (*) RFC 2765
    Row{"64:ff9b::/96", true, "NAT64"},                // the address inside decides
    Row{"64:ff9b:1::/48", false, "local-use NAT64"},
    Row{"100::/64", false, "discard-only"},
    Row{"100:0:0:1::/64", false, "dummy prefix"},
    Row{"2001::/23", false, "IETF protocol assignments"},
    Row{"2001::/32", false, "Teredo"},
    Row{"2001:1::1/128", true, "port control anycast"},
    Row{"2001:1::2/128", true, "TURN anycast"},
    Row{"2001:1::3/128", true, "DNS-SD registration anycast"},
    Row{"2001:2::/48", false, "benchmarking"},
    Row{"2001:3::/32", true, "AMT"},
    Row{"2001:4:112::/48", true, "AS112"},
    Row{"2001:10::/28", false, "ORCHID"},
    Row{"2001:20::/28", true, "ORCHIDv2"},
    Row{"2001:30::/28", true, "drone remote identification"},
    Row{"2001:db8::/32", false, "documentation"},
    Row{"2002::/16", false, "6to4"},
    Row{"2620:4f:8000::/48", true, "AS112"},
    Row{"3fff::/20", false, "documentation"},
    Row{"5f00::/16", false, "segment routing"},
    Row{"fc00::/7", false, "unique local"},
    Row{"fe80::/10", false, "link-local"},
    Row{"fec0::/10", false, "site-local"},  // (*) RFC 3879, deprecated
    Row{"ff00::/8", false, "multicast"},    // (*) RFC 4291
};

struct ParsedRow {
  AddressBlock block;
  const Row* row;
};

// Longest block first, so that the first match decides.
const std::vector<ParsedRow>& table() {
  static const std::vector<ParsedRow> rows = [] {
    std::vector<ParsedRow> parsed;
    for (const Row& row : kBlocks) parsed.push_back({parse_block(row.block).value(), &row});
    std::ranges::stable_sort(parsed, std::ranges::greater(), [](const ParsedRow& row) { return row.block.prefix; });
    return parsed;
  }();
  return rows;
}

const Row* row_of(const Address& address) {
  for (const ParsedRow& parsed : table()) {
    if (parsed.block.contains(address)) return parsed.row;
  }
  return nullptr;  // ordinary IPv4
}

// Forms that carry an IPv4 address in their last four bytes.
bool carries_v4(const Row& row) {
  return row.what == "NAT64" || row.what == "IPv4-mapped" || row.what == "IPv4-translated" ||
         row.what == "IPv4-compatible";
}

}  // namespace

AddressGuard::AddressGuard(std::span<const std::string> allow_private) {
  for (const std::string& text : allow_private) {
    const auto block = parse_block(text);
    if (!block) throw std::invalid_argument("allow_private: \"" + text + "\" is no address block; valid: 10.0.0.0/8");
    allowed_.push_back(*block);
  }
}

bool AddressGuard::allowed(const Address& address) const {
  return std::ranges::any_of(allowed_, [&](const AddressBlock& block) { return block.contains(address); });
}

std::optional<std::string> AddressGuard::refusal(const Address& address) const {
  if (allowed(address)) return std::nullopt;
  const Row* row = row_of(address);
  if (row == nullptr) return std::nullopt;
  if (address.v6 && carries_v4(*row)) {
    const Address inner = embedded_v4(address, 12);
    if (allowed(inner)) return std::nullopt;
    if (row->reachable) {
      const auto why = refusal(inner);
      if (why) return fmt::format("{} carries {}", to_string(address), *why);
    }
  }
  if (row->reachable) return std::nullopt;
  std::string why = fmt::format("{} is not a public address: {} ({})", to_string(address), row->block, row->what);
  if (row->block == "198.18.0.0/15") {
    why +=
        "; the usual cause is a proxy that answers names with fake addresses (fake-IP mode): exempt this program, "
        "or list the block under network.allow_private";
  }
  return why;
}

std::optional<std::string> AddressGuard::refusal_of_name(std::string_view host) const {
  if (host.ends_with('.')) host.remove_suffix(1);
  const std::string name = to_lower(host);
  if (name != "localhost" && !name.ends_with(".localhost")) return std::nullopt;
  if (allowed(*parse_address("127.0.0.1")) || allowed(*parse_address("::1"))) return std::nullopt;
  return fmt::format("{} is this machine's own name", name);  // RFC 6761, section 6.3
}

}  // namespace linkaudit::probes

// Decides which addresses a probe may connect to: only those of the public internet, and what the operator allows.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "probes/fetch/address.h"

namespace linkaudit::probes {

// Immutable after construction; safe to share between threads.
class AddressGuard {
 public:
  // `allow_private`: CIDR blocks that are allowed in spite of the table. Throws std::invalid_argument naming a bad one.
  explicit AddressGuard(std::span<const std::string> allow_private = {});

  // Why this address is refused, in one line; nothing when it may be connected to.
  std::optional<std::string> refusal(const Address& address) const;

  // Why a host name is refused by itself: localhost and *.localhost, unless a loopback address is allowed.
  std::optional<std::string> refusal_of_name(std::string_view host) const;

 private:
  bool allowed(const Address& address) const;

  std::vector<AddressBlock> allowed_;
};

}  // namespace linkaudit::probes

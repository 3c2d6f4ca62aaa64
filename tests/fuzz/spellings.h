// Other ways to write an address, as those who want to get past a guard know them.
#pragma once

#include <string>
#include <vector>

#include "probes/fetch/address.h"

namespace linkaudit::fuzz {

// As the host of a URL, brackets included.
std::vector<std::string> spellings_of(const probes::Address& address);

// IPv6 addresses that lead to the same IPv4 address: mapped, compatible, translated, NAT64, 6to4. None for IPv6.
std::vector<probes::Address> carriers_of(const probes::Address& address);

}  // namespace linkaudit::fuzz

// Looking up one host name: the question put to the system's resolver, and its answer.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "probes/fetch/address.h"

namespace linkaudit::probes {

struct NameAnswer {
  std::vector<Address> addresses;  // in the order in which to try them
  int error = 0;                   // getaddrinfo's EAI_*, 0 when there are addresses
};

// Blocks until there is an answer. Called on threads of the resolver, several at once.
using LookUp = std::function<NameAnswer(const std::string& host)>;

// getaddrinfo(3): /etc/hosts, DNS, whatever this machine uses.
NameAnswer look_up_by_system(const std::string& host);

}  // namespace linkaudit::probes

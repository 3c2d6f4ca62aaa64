// The policy on URLs: what may be asked for at all, judged before any packet is sent.
#pragma once

#include <optional>
#include <string_view>

#include "probes/failure.h"
#include "probes/fetch/address_guard.h"
#include "probes/fetch/connect_to.h"
#include "probes/fetch/url.h"

namespace linkaudit::probes {

// A failure of our own making or of a library: layer by the name, hop and leg left to the caller.
Failure make_failure(FailureName name, std::string text, long code = 0);

// refused_address for an address literal or localhost name that the guard refuses (unless the operator redirects that
// very host by connect_to), invalid_url when the URL's host is in doubt, refused_port for a bad port. Names are judged
// again when they are resolved.
std::optional<Failure> check_url(const Url& url, const AddressGuard& guard, const ConnectTo& connect_to);

// https://fetch.spec.whatwg.org/#port-blocking
bool is_bad_port(std::uint16_t port);

}  // namespace linkaudit::probes

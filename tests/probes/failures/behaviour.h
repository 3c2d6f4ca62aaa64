// What a server does wrong, or oddly, each under the name that the table has for it.
#pragma once

#include <openssl/ssl.h>

#include <functional>
#include <string>
#include <variant>
#include <vector>

#include "tests/probes/fetch/script_server.h"

namespace linkaudit::probes {

struct Certificates {
  Identity root, other_root;
  Identity good, expired, not_yet_valid, other_name, untrusted, self_signed;  // for all names of these tests
};

Certificates make_certificates();

inline constexpr int kMostRedirects = 10;

// Where an answer is given.
struct Spot {
  std::string place;  // as in the table
  std::string page;   // URL of a page of the shop
  std::string good;   // the answer that would be the right one, whole
};

struct NameFails {
  int error;  // getaddrinfo's
};
struct NobodyListens {};
struct NobodyIsLetIn {};
using BeforeTls = std::function<void(Peer&)>;  // as soon as the connection is there
using Handshake = std::function<void(SSL*)>;   // before the handshake
using Answer = std::function<void(Peer&, const Request&, const Spot&)>;

struct Behaviour {
  std::string name;
  std::variant<NameFails, NobodyListens, NobodyIsLetIn, BeforeTls, Handshake, Answer> deed;
  bool slow = false;  // ends by a time-out

  bool tls() const { return std::holds_alternative<BeforeTls>(deed) || std::holds_alternative<Handshake>(deed); }
  // Only then the server knows by whom it is asked, and for what.
  bool after_request() const { return std::holds_alternative<Answer>(deed); }
};

std::vector<Behaviour> connecting_behaviours(const Certificates& certificates);  // which must outlive them
std::vector<Behaviour> answering_behaviours();
std::vector<Behaviour> redirecting_behaviours();

}  // namespace linkaudit::probes

// A finding with all that it rests on, as one file for those who have no database.
#pragma once

#include <nlohmann/json.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "audit/bundle/hand_overs.h"
#include "audit/log/log.h"
#include "audit/log/signing_key.h"

namespace linkaudit::bundle {

// The ends of a run of equal state that was looked at in judging, and how many looks it is of.
struct Basis {
  std::int64_t first = 0, last = 0, count = 1;
};

struct Case {
  nlohmann::json finding;             // {as_of, catalog, simulated, finding}
  std::vector<std::int64_t> entries;  // that the finding names; with them goes what was sent and received
  std::vector<Basis> basis;           // all that it was judged from
  bool simulated = false;
  std::string catalog_text;     // that it was judged by
  std::string catalog_version;  // its SHA-256, hex
  std::vector<log::PublicKey> keys;
};

// The same log, case and key give the same bytes. `key`: of the log; it signs which parts there are. Throws
// std::invalid_argument, in one line, when no checkpoint of the key's log holds the entries yet, and log::LogError when
// the log is damaged.
std::string make_bundle(const log::Log& log, const Case& about, const log::SigningKey& key);

// What is wrong with a bundle, in one line; nothing when all fits, a key that is trusted, or that such a one handed
// over to, has signed, and the finding follows from the entries by the catalog. Trusts the bundle's own keys when none
// are given: then it proves only that the bundle agrees with itself. Throws Unreadable.
struct BundleCheck {
  std::optional<std::string> misfit;
  std::string about, status;  // the finding
  bool simulated = false;
  std::int64_t entries = 0, size = 0;   // proved, of the tree
  std::string signer;                   // the public key
  std::vector<HandOver> hand_overs;     // by which the signer came to be trusted
  std::int64_t without_evidence = 0;    // entries of probes whose evidence is not in the bundle
  std::int64_t stamps = 0;              // time-stamps of the checkpoint
  std::optional<log::Instant> stamped;  // the earliest, as its authority says
};
// `authorities`: a file of certificates (PEM) that must stand behind time-stamps; "": who signed them is not looked at.
BundleCheck verify_bundle(const std::string& archive, std::vector<log::PublicKey> trusted,
                          const std::string& authorities = "");

}  // namespace linkaudit::bundle

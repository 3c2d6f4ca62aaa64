// Bounds and settings of the network side of a probe. Defaults are those of the catalog format.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace linkaudit::probes {

struct NetworkSettings {
  int timeout_s = 30;     // a whole exchange
  int connect_s = 10;     // to the end of the TLS handshake
  int first_byte_s = 15;  // to the first byte of the answer
  int max_redirects = 10;
  int max_body_kib = 2048;  // decoded; beyond it the page is judged on what was read
  std::size_t max_header_bytes = 64 * 1024;
  int concurrency = 64;
  int per_host_concurrency = 4;
  double per_host_rate_per_s = 5;
  int attempts = 2;
  int budget_s = 0;  // for a whole run, 0: none
  std::vector<std::string> canaries;
  std::vector<std::string> allow_private;  // CIDRs
  std::vector<std::string> connect_to;     // HOST1:PORT1:HOST2:PORT2, as curl's --connect-to; either half may be empty
  std::string ca_file;                     // "": the system's
  std::string proxy;                       // "": none (fetch/proxy.h); may hold credentials: never shown
  std::uint64_t seed = 1;                  // of the order of probing and of jitter

  bool operator==(const NetworkSettings&) const = default;
};

}  // namespace linkaudit::probes

// The operator's own redirections of hosts to other addresses.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace linkaudit::probes {

// Where to connect in place of a URL's own host and port.
struct ConnectTarget {
  std::string host;  // "": the URL's own
  std::uint16_t port = 0;

  bool operator==(const ConnectTarget&) const = default;
};

class ConnectTo {
 public:
  // Entries as curl's --connect-to: HOST1:PORT1:HOST2:PORT2, IPv6 in brackets, each part may be empty. The first that
  // matches counts. Throws std::invalid_argument naming a bad entry.
  explicit ConnectTo(std::span<const std::string> entries = {});

  std::optional<ConnectTarget> match(std::string_view host, std::uint16_t port) const;

  // Whether an entry names this host itself, and where to: then its own address does not matter.
  bool names(std::string_view host) const;

 private:
  struct Entry {
    std::uint16_t port = 0;  // 0: any
    ConnectTarget target;
    std::size_t order = 0;
  };
  std::unordered_map<std::string, std::vector<Entry>> by_host_;  // "": any host
};

}  // namespace linkaudit::probes

// How connections ended, as the system knows it: libcurl's messages may be about another connection, and its counts are
// of whole header lines.
#pragma once

#include <curl/curl.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <unordered_map>

namespace linkaudit::probes {

struct SocketEnd {
  std::uint64_t received = 0;  // bytes since it was connected
  bool reset = false;          // by the other side, or by the system for it
};

// libcurl keeps this with each connection that it opens, which outlives the transfer that opened it: so must this. Used
// from one thread.
class SocketEnds {
 public:
  // Has the easy handle's sockets closed by this.
  void watch(CURL* easy);

  // Of the connection closed last with this local port.
  std::optional<SocketEnd> of_port(long local_port) const;
  // A new connection may have it again.
  void forget(long local_port) { ends_.erase(local_port); }

  // Connections that have carried an answer and were not closed since, by their local port.
  struct Used {
    curl_socket_t socket = CURL_SOCKET_BAD;
    bool http2 = false;
  };
  void note_used(long local_port, Used used) { used_[local_port] = used; }
  std::optional<Used> used_at(long local_port) const;

 private:
  static constexpr std::size_t kMost = 4096;

  void note(curl_socket_t socket);
  static int close_socket(void* self, curl_socket_t socket) noexcept;

  std::unordered_map<long, SocketEnd> ends_;  // by local port
  std::unordered_map<long, Used> used_;       // likewise
};

// As it stands now. Nothing when it is no TCP socket.
std::optional<SocketEnd> end_of_socket(curl_socket_t socket);

// That of a socket that was connected; 0 when there is none.
long local_port_of(curl_socket_t socket);

}  // namespace linkaudit::probes

#include "probes/fetch/socket_ends.h"

#include <linux/tcp.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace linkaudit::probes {
namespace {

// RFC 9293 section 3.3.2, as Linux numbers them.
constexpr int kClosed = 7, kCloseWait = 8;

}  // namespace

long local_port_of(curl_socket_t socket) {
  sockaddr_storage local{};
  socklen_t size = sizeof local;
  if (getsockname(socket, reinterpret_cast<sockaddr*>(&local), &size) != 0) return 0;
  return ntohs(local.ss_family == AF_INET6 ? reinterpret_cast<const sockaddr_in6&>(local).sin6_port
                                           : reinterpret_cast<const sockaddr_in&>(local).sin_port);
}

void SocketEnds::watch(CURL* easy) {
  curl_easy_setopt(easy, CURLOPT_CLOSESOCKETFUNCTION, &SocketEnds::close_socket);
  curl_easy_setopt(easy, CURLOPT_CLOSESOCKETDATA, this);
}

std::optional<SocketEnd> end_of_socket(curl_socket_t socket) {
  tcp_info info{};
  socklen_t size = sizeof info;
  if (getsockopt(socket, IPPROTO_TCP, TCP_INFO, &info, &size) != 0) return std::nullopt;
  SocketEnd end;
  end.received = info.tcpi_bytes_received;
  if (info.tcpi_state == kCloseWait && end.received > 0) --end.received;  // the end itself counts as a byte
  end.reset = info.tcpi_state == kClosed;
  return end;
}

std::optional<SocketEnd> SocketEnds::of_port(long local_port) const {
  const auto end = ends_.find(local_port);
  return end == ends_.end() ? std::nullopt : std::optional(end->second);
}

std::optional<SocketEnds::Used> SocketEnds::used_at(long local_port) const {
  const auto used = used_.find(local_port);
  return used == used_.end() ? std::nullopt : std::optional(used->second);
}

void SocketEnds::note(curl_socket_t socket) {
  const long port = local_port_of(socket);
  std::erase_if(used_, [&](const auto& each) { return each.second.socket == socket; });
  const auto end = port == 0 ? std::nullopt : end_of_socket(socket);
  if (!end) return;
  if (ends_.size() >= kMost) ends_.clear();
  ends_[port] = *end;
}

int SocketEnds::close_socket(void* self, curl_socket_t socket) noexcept {
  try {
    static_cast<SocketEnds*>(self)->note(socket);
  } catch (...) {  // out of memory: what libcurl says has to do
  }
  return close(socket);
}

}  // namespace linkaudit::probes

// One GET by libcurl: what to ask, the bounds kept while the answer arrives, and the exchange it becomes.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "probes/exchange.h"
#include "probes/fetch/address_guard.h"
#include "probes/fetch/curl_handles.h"
#include "probes/fetch/decode.h"
#include "probes/fetch/failure_from_curl.h"
#include "probes/fetch/framing.h"
#include "probes/fetch/proxy.h"
#include "probes/fetch/socket_ends.h"
#include "probes/fetch/url.h"
#include "probes/network.h"

namespace linkaudit::probes {

// Where and how to ask. The addresses have passed the guard.
struct TransferPlan {
  Url url;
  std::string connect_host;  // of connect_to; "" when the URL's own host is connected to
  std::uint16_t connect_port = 0;
  std::vector<Address> addresses;  // of the name to connect to; empty when it is an address or a proxy resolves it
  bool unguarded = false;          // the operator chose the address (connect_to, proxy)
  bool with_credentials = false;   // credential_fields.h: they go to the leg's first host only
  bool new_connection = false;     // none that was used before
  double lookup_ms = -1;
  std::chrono::steady_clock::time_point begun;  // of the exchange, looking up included: time-outs count from here
};

// Registered with libcurl by its address, so it never moves. All that is given by reference must outlive it. `proxy`
// null: none.
class Transfer {
 public:
  using Clock = std::chrono::steady_clock;

  Transfer(CURL* easy, const NetworkSettings& settings, const Proxy* proxy, const AddressGuard& guard, SocketEnds& ends,
           const Client& client, TransferPlan plan);
  Transfer(const Transfer&) = delete;
  Transfer& operator=(const Transfer&) = delete;

  // Until when libcurl may go on by itself; then end_early() and finish().
  Clock::time_point deadline() const;

  // Whether the server ended a connection that had served others, and said nothing on it: that is no word on this
  // request (RFC 9112 section 9.3.1). libcurl would ask again by itself, unseen, and so do not let it.
  bool lost_used_connection() const { return stopped_ == Stopped::connection_lost && sockets_.empty(); }

  // Whether nothing was asked, since the connection that libcurl would have used had more on it than its last answer.
  // Then the exchange is none, and another transfer is to be made, on a new connection.
  bool found_unclean_connection() const { return stopped_ == Stopped::connection_unclean; }

  // The exchange, once libcurl is done (with its code) or was stopped by us at the deadline (CURLE_OPERATION_TIMEDOUT).
  // To be called once, with the handle out of its multi handle; leaves the handle reset but for its cookies.
  Exchange finish(CURLcode code);

 private:
  enum class Stopped {
    no,
    headers_too_large,
    length_unclear,
    longer_than_announced,
    enough,
    body_refused,
    too_much_framing,
    overdue,
    connection_lost,
    connection_unclean
  };

  void ask();
  void connect();
  void use_proxy();
  void bound();
  void secure();
  void on_request(std::string_view part);
  void on_arrival(std::string_view bytes);
  void on_wire(std::size_t bytes);
  void on_remark(std::string_view text);
  void note_foreign_message();
  std::uint64_t received(const std::optional<SocketEnd>& end) const;
  void hang_up();
  bool on_header(std::string_view line);
  bool on_body(std::string_view bytes);
  void headers_end();
  bool more_is_waiting() const;
  bool is_clean(long local_port) const;
  curl_socket_t own_socket() const;
  void note_tls();
  bool is_redirect() const;
  void note_connection();
  Timing timing() const;
  std::string address() const;
  bool way_is_open() const;
  std::optional<Failure> failure_of(CURLcode code);
  const char* cut_by(CURLcode code) const;
  CurlEnd end_of(CURLcode code) const;

  static int before_request(void* self, char* address, char* local_address, int port, int local_port) noexcept;
  static CURLcode before_tls(CURL* easy, void* ssl_context, void* self) noexcept;
  static int traced(CURL* easy, curl_infotype type, char* data, std::size_t size, void* self) noexcept;
  static int progressed(void* self, curl_off_t, curl_off_t, curl_off_t, curl_off_t) noexcept;
  static std::size_t header_arrived(char* data, std::size_t size, std::size_t count, void* self) noexcept;
  static std::size_t body_arrived(char* data, std::size_t size, std::size_t count, void* self) noexcept;
  static curl_socket_t open_socket(void* self, curlsocktype purpose, curl_sockaddr* address) noexcept;

  CURL* easy_;
  const NetworkSettings& settings_;
  const Proxy* proxy_;
  const AddressGuard& guard_;
  SocketEnds& ends_;
  const Client& client_;
  TransferPlan plan_;
  CurlList request_headers_, resolve_, connect_to_;
  char error_[CURL_ERROR_SIZE] = "";
  Exchange exchange_;
  std::optional<ContentDecoder> decoder_;
  std::size_t header_bytes_ = 0, body_bytes_ = 0;
  std::uint64_t wire_bytes_ = 0;  // of all that carries the answer, TLS and chunks and frames included
  AnnouncedLength announced_;
  std::uint64_t arrived_ = 0;  // of the body, with what stands behind its end
  bool beyond_end_ = false;    // and that is more than blank lines
  bool headers_whole_ = false;
  Clock::time_point headers_at_{};
  Stopped stopped_ = Stopped::no;
  std::string refused_address_, tried_address_;
  int no_socket_ = 0;             // errno: our own system would give none
  bool foreign_message_ = false;  // what error_ says is of another connection
  std::optional<Clock::time_point> socket_opened_, tls_begun_;
  std::vector<curl_socket_t> sockets_;  // opened for it; libcurl's own
};

}  // namespace linkaudit::probes

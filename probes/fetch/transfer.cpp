#include "probes/fetch/transfer.h"

#include <fmt/format.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <sys/socket.h>

#include <algorithm>
#include <utility>

#include "probes/fetch/certificate_chain.h"
#include "probes/fetch/curl_info.h"
#include "probes/fetch/header_fields.h"
#include "probes/fetch/request_headers.h"
#include "probes/fetch/url_check.h"

namespace linkaudit::probes {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

// A redirect is known once its headers are: its body gets this much, and its troubles do not matter.
constexpr std::size_t kRedirectBody = 64 * 1024;
constexpr auto kRedirectBodyTime = seconds(2);
constexpr long kReceiveBuffer = 96 * 1024;

// What may carry an answer: a handshake with its certificates, and frames or chunks of a few bytes each. Frames without
// content, padding, and extensions of chunks have no end that HTTP knows.
constexpr std::uint64_t kFraming = 256 * 1024;
constexpr std::uint64_t kFramingPerByte = 16;

template <typename Value>
void set(CURL* easy, CURLoption option, Value value) {
  if (const auto code = curl_easy_setopt(easy, option, value); code != CURLE_OK) {
    throw std::runtime_error(std::string("libcurl: ") + curl_easy_strerror(code));
  }
}

}  // namespace

Transfer::Transfer(CURL* easy, const NetworkSettings& settings, const Proxy* proxy, const AddressGuard& guard,
                   SocketEnds& ends, const Client& client, TransferPlan plan)
    : easy_(easy),
      settings_(settings),
      proxy_(proxy),
      guard_(guard),
      ends_(ends),
      client_(client),
      plan_(std::move(plan)) {
  exchange_.begun = plan_.begun;
  exchange_.hop.url = plan_.url.text;
  ask();
  connect();
  bound();
  secure();
}

void Transfer::ask() {
  set(easy_, CURLOPT_URL, plan_.url.text.c_str());
  set(easy_, CURLOPT_HTTPGET, 1L);
  set(easy_, CURLOPT_USERAGENT, client_.user_agent.c_str());
  request_headers_ = request_headers(client_, plan_.with_credentials);
  // Not among those: libcurl would send another Cookie field for what servers have set (RFC 6265 section 5.4 allows
  // one).
  const std::string cookies = plan_.with_credentials ? cookies_of(client_) : std::string();
  if (!cookies.empty()) set(easy_, CURLOPT_COOKIE, cookies.c_str());
  set(easy_, CURLOPT_HTTPHEADER, request_headers_.get());
  set(easy_, CURLOPT_HTTP_CONTENT_DECODING, 0L);
  set(easy_, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_2TLS));
  set(easy_, CURLOPT_PROTOCOLS_STR, "http,https");
  set(easy_, CURLOPT_FOLLOWLOCATION, 0L);
  set(easy_, CURLOPT_HEADERFUNCTION, &Transfer::header_arrived);
  set(easy_, CURLOPT_HEADERDATA, this);
  set(easy_, CURLOPT_WRITEFUNCTION, &Transfer::body_arrived);
  set(easy_, CURLOPT_WRITEDATA, this);
  set(easy_, CURLOPT_ERRORBUFFER, error_);
  set(easy_, CURLOPT_DEBUGFUNCTION, &Transfer::traced);  // tells what was really sent
  set(easy_, CURLOPT_DEBUGDATA, this);
  set(easy_, CURLOPT_VERBOSE, 1L);
  set(easy_, CURLOPT_XFERINFOFUNCTION, &Transfer::progressed);
  set(easy_, CURLOPT_XFERINFODATA, this);
  set(easy_, CURLOPT_NOPROGRESS, 0L);
}

void Transfer::connect() {
  use_proxy();
  set(easy_, CURLOPT_OPENSOCKETFUNCTION, &Transfer::open_socket);
  set(easy_, CURLOPT_OPENSOCKETDATA, this);
  ends_.watch(easy_);
  set(easy_, CURLOPT_PREREQFUNCTION, &Transfer::before_request);
  set(easy_, CURLOPT_PREREQDATA, this);
  if (plan_.new_connection) set(easy_, CURLOPT_FRESH_CONNECT, 1L);
  std::string host = plan_.url.host;
  std::uint16_t port = plan_.url.port;
  if (plan_.connect_port != 0) {
    if (!plan_.connect_host.empty()) host = plan_.connect_host;
    port = plan_.connect_port;
    const bool v6 = plan_.connect_host.find(':') != std::string::npos;
    append(connect_to_, fmt::format(fmt::runtime(v6 ? "::[{}]:{}" : "::{}:{}"), plan_.connect_host, port));
  }
  if (!plan_.addresses.empty()) {
    std::string pinned = fmt::format("+{}:{}:", host, port);  // +: forgotten again after a minute
    for (const Address& address : plan_.addresses) {
      if (pinned.back() != ':') pinned += ',';
      pinned += fmt::format(fmt::runtime(address.v6 ? "[{}]" : "{}"), to_string(address));
    }
    append(resolve_, pinned);
  }
  set(easy_, CURLOPT_CONNECT_TO, connect_to_.get());
  set(easy_, CURLOPT_RESOLVE, resolve_.get());
}

void Transfer::use_proxy() {
  set(easy_, CURLOPT_PROXY, proxy_ == nullptr ? "" : proxy_->url.c_str());  // "" also means: none of the environment
  set(easy_, CURLOPT_NOPROXY, "");
  if (proxy_ == nullptr) return;
  set(easy_, CURLOPT_HTTPPROXYTUNNEL, 1L);
  set(easy_, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
  set(easy_, CURLOPT_PROXYAUTH, static_cast<long>(CURLAUTH_BASIC));
  set(easy_, CURLOPT_SOCKS5_AUTH, static_cast<long>(CURLAUTH_BASIC));
  // Apart from its URL, so that no message can repeat them.
  if (proxy_->user.empty() && proxy_->password.empty()) return;
  set(easy_, CURLOPT_PROXYUSERNAME, proxy_->user.c_str());
  set(easy_, CURLOPT_PROXYPASSWORD, proxy_->password.c_str());
}

void Transfer::bound() {
  const auto gone = std::chrono::duration_cast<milliseconds>(Clock::now() - plan_.begun).count();
  const auto left = [&](int whole_s) { return std::max<long>(1, whole_s * 1000L - static_cast<long>(gone)); };
  set(easy_, CURLOPT_CONNECTTIMEOUT_MS, left(settings_.connect_s));
  set(easy_, CURLOPT_TIMEOUT_MS, left(settings_.timeout_s));
  set(easy_, CURLOPT_NOSIGNAL, 1L);
  // The whole header of an HTTP/2 answer has to fit, or libcurl 7.88 loses its place in it.
  // Refused while a handle still has the buffer of its last transfer: that is as large.
  curl_easy_setopt(easy_, CURLOPT_BUFFERSIZE, kReceiveBuffer);
}

void Transfer::secure() {
  set(easy_, CURLOPT_SSL_VERIFYPEER, 1L);
  set(easy_, CURLOPT_SSL_VERIFYHOST, 2L);
  if (proxy_ == nullptr || !proxy_->url.starts_with("https:")) {  // else the first handshake is the proxy's
    set(easy_, CURLOPT_SSL_CTX_FUNCTION, &Transfer::before_tls);
    set(easy_, CURLOPT_SSL_CTX_DATA, this);
  }
  if (settings_.ca_file.empty()) return;
  set(easy_, CURLOPT_CAINFO, settings_.ca_file.c_str());
  set(easy_, CURLOPT_CAPATH, static_cast<const char*>(nullptr));
}

Transfer::Clock::time_point Transfer::deadline() const {
  const auto whole = plan_.begun + seconds(settings_.timeout_s);
  if (header_bytes_ == 0) return std::min(whole, plan_.begun + seconds(settings_.first_byte_s));
  return headers_whole_ && is_redirect() ? std::min(whole, headers_at_ + kRedirectBodyTime) : whole;
}

bool Transfer::is_redirect() const {
  return redirect_location(exchange_).has_value();
}

// What libcurl asks of a proxy (CONNECT) is not ours. A request that is sent anew, on a new connection, replaces the
// first.
void Transfer::on_request(std::string_view part) {
  if (part.starts_with("GET ")) {
    note_foreign_message();
    if (!sockets_.empty()) ends_.forget(curl_info<long>(easy_, CURLINFO_LOCAL_PORT));
    note_tls();  // whatever comes of it, this is what it was sent under
    exchange_.raw_request = part;
  } else if (!exchange_.raw_request.empty() && !exchange_.raw_request.ends_with("\r\n\r\n")) {
    exchange_.raw_request += part;
  }
}

// While libcurl looks for a connection to use it may find others dead, and says so in the message of this transfer,
// which it does not write again.
void Transfer::note_foreign_message() {
  foreign_message_ = foreign_message_ || error_[0] != '\0';
}

// libcurl tells so before it asks again by itself, which nobody would see. Other remarks repeat what a certificate
// says, but begin otherwise.
void Transfer::on_remark(std::string_view text) {
  const bool lost = text.starts_with("Connection died, retrying a fresh connect") ||
                    text.starts_with("REFUSED_STREAM, retrying a fresh connect");
  if (lost && stopped_ == Stopped::no) stopped_ = Stopped::connection_lost;
}

bool Transfer::on_header(std::string_view line) {
  const std::size_t room = settings_.max_header_bytes - std::min(settings_.max_header_bytes, header_bytes_);
  header_bytes_ += line.size();
  if (!headers_whole_ && line.starts_with("HTTP/")) {  // what came before was an interim answer
    exchange_.headers.clear();
    exchange_.raw_interim += std::exchange(exchange_.raw_headers, {});
  }
  (headers_whole_ ? exchange_.raw_trailers : exchange_.raw_headers) += line.substr(0, room);
  if (line.size() > room) {
    stopped_ = Stopped::headers_too_large;
    return false;
  }
  if (headers_whole_) return true;
  if (line == "\r\n" || line == "\n") {
    headers_end();
  } else if (!line.starts_with("HTTP/")) {
    add_header_line(exchange_.headers, line);
  }
  return stopped_ == Stopped::no;
}

void Transfer::headers_end() {
  const auto status = curl_info<long>(easy_, CURLINFO_RESPONSE_CODE);
  if (status < 200) return;  // an interim answer
  headers_whole_ = true;
  headers_at_ = Clock::now();
  exchange_.hop.status = static_cast<int>(status);
  note_tls();
  DecodeLimits limits;
  limits.max_bytes = static_cast<std::size_t>(settings_.max_body_kib) * 1024;
  if (is_redirect()) limits.max_bytes = std::min(limits.max_bytes, kRedirectBody);
  if (exchange_.raw_headers.starts_with("HTTP/1"))
    announced_ = announced_length(exchange_.headers, exchange_.hop.status);
  if (!announced_.problem.empty()) stopped_ = Stopped::length_unclear;
  decoder_.emplace(header_value(exchange_.headers, "content-encoding"), limits);
  if (announced_.bytes) decoder_->expect(*announced_.bytes);
}

// Only while the connection is at hand.
void Transfer::note_tls() {
  const auto* session = curl_info<curl_tlssessioninfo*>(easy_, CURLINFO_TLS_SSL_PTR, nullptr);
  if (session == nullptr || session->backend != CURLSSLBACKEND_OPENSSL || session->internals == nullptr) return;
  if (plan_.url.scheme != "https") return;
  const auto* ssl = static_cast<const SSL*>(session->internals);
  exchange_.hop.tls_version = SSL_get_version(ssl);
  exchange_.hop.tls_cipher = SSL_get_cipher_name(ssl);
  // A handshake of this transfer has told it already.
  if (exchange_.hop.tls_chain_sha256.empty()) exchange_.hop.tls_chain_sha256 = chain_sha256(ssl);
}

// All that was read of the body, before libcurl cuts off what stands behind its announced end.
void Transfer::on_arrival(std::string_view bytes) {
  if (!announced_.bytes) return;
  const std::uint64_t left = *announced_.bytes - std::min(*announced_.bytes, arrived_);
  arrived_ += bytes.size();
  if (bytes.size() > left) beyond_end_ |= is_more_of_a_body(bytes.substr(static_cast<std::size_t>(left)));
}

// libcurl reads an HTTP/2 connection for as long as there is something on it that is no content of this stream, and
// meanwhile looks at no clock: an endless row of empty frames would stop all other transfers too.
void Transfer::on_wire(std::size_t bytes) {
  wire_bytes_ += bytes;
  if (stopped_ != Stopped::no) return;
  if (wire_bytes_ > kFraming + kFramingPerByte * (header_bytes_ + body_bytes_)) {
    stopped_ = Stopped::too_much_framing;
  } else if (Clock::now() > deadline()) {
    stopped_ = Stopped::overdue;
  }
  if (stopped_ != Stopped::no) hang_up();
}

// As if the server had closed: what libcurl is in the middle of reading ends.
void Transfer::hang_up() {
  const auto* session = curl_info<curl_tlssessioninfo*>(easy_, CURLINFO_TLS_SSL_PTR, nullptr);
  if (session != nullptr && session->internals != nullptr && session->backend == CURLSSLBACKEND_OPENSSL) {
    SSL_set_shutdown(static_cast<SSL*>(session->internals), SSL_RECEIVED_SHUTDOWN);
  } else if (const curl_socket_t own = own_socket(); own != CURL_SOCKET_BAD) {
    shutdown(own, SHUT_RD);
  }
}

// Behind the end of the body, in the connection. What comes later than the end was read, nobody sees.
bool Transfer::more_is_waiting() const {
  char next[16];
  const auto* session = curl_info<curl_tlssessioninfo*>(easy_, CURLINFO_TLS_SSL_PTR, nullptr);
  if (session != nullptr && session->internals != nullptr && session->backend == CURLSSLBACKEND_OPENSSL) {
    auto* ssl = static_cast<SSL*>(session->internals);
    const int count = SSL_peek(ssl, next, sizeof next);
    ERR_clear_error();  // that nothing is there is none
    return count > 0 && is_more_of_a_body({next, static_cast<std::size_t>(count)});
  }
  if (plan_.url.scheme != "http" || proxy_ != nullptr) return false;
  const curl_socket_t own = own_socket();
  const auto count = own == CURL_SOCKET_BAD ? -1 : recv(own, next, sizeof next, MSG_PEEK | MSG_DONTWAIT);
  return count > 0 && is_more_of_a_body({next, static_cast<std::size_t>(count)});
}

// Of those opened for this transfer the one in use, by its local port: libcurl tells the socket itself too late. None
// when the connection was used before.
curl_socket_t Transfer::own_socket() const {
  const long port = curl_info<long>(easy_, CURLINFO_LOCAL_PORT);
  for (const curl_socket_t each : sockets_) {
    if (port > 0 && local_port_of(each) == port) return each;
  }
  return CURL_SOCKET_BAD;
}

bool Transfer::on_body(std::string_view bytes) {
  if (!decoder_) return false;
  const std::size_t most = is_redirect() ? kRedirectBody : static_cast<std::size_t>(settings_.max_body_kib) * 1024;
  const auto kept = bytes.substr(0, most - std::min(most, body_bytes_));
  body_bytes_ += bytes.size();
  if (decoder_->coded()) exchange_.raw_body += kept;
  const auto state = decoder_->feed(decoder_->coded() ? kept : bytes);
  if (state != ContentDecoder::State::open) {
    stopped_ = state == ContentDecoder::State::truncated ? Stopped::enough : Stopped::body_refused;
  } else if (kept.size() < bytes.size()) {
    stopped_ = Stopped::enough;
  } else if (announced_.bytes && body_bytes_ >= *announced_.bytes && !is_redirect() &&
             (beyond_end_ || more_is_waiting())) {
    stopped_ = Stopped::longer_than_announced;
  }
  return stopped_ == Stopped::no;
}

}  // namespace linkaudit::probes

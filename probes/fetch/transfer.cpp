#include "probes/fetch/transfer.h"

#include <fmt/format.h>
#include <netinet/in.h>
#include <openssl/ssl.h>
#include <sys/socket.h>

#include <algorithm>
#include <cstring>
#include <utility>

#include "probes/fetch/certificate_chain.h"
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

template <typename Value>
void set(CURL* easy, CURLoption option, Value value) {
  if (const auto code = curl_easy_setopt(easy, option, value); code != CURLE_OK) {
    throw std::runtime_error(std::string("libcurl: ") + curl_easy_strerror(code));
  }
}

template <typename Value>
Value get(CURL* easy, CURLINFO info, Value value = {}) {
  curl_easy_getinfo(easy, info, &value);
  return value;
}

std::string http_version(long curl_name) {
  switch (curl_name) {
    case CURL_HTTP_VERSION_1_0: return "1.0";
    case CURL_HTTP_VERSION_1_1: return "1.1";
    case CURL_HTTP_VERSION_2_0: return "2";
    default: return {};
  }
}

double milliseconds_of(CURL* easy, CURLINFO info) {
  return static_cast<double>(get<curl_off_t>(easy, info)) / 1000;
}

}  // namespace

Transfer::Transfer(CURL* easy, const NetworkSettings& settings, const Proxy* proxy, const AddressGuard& guard,
                   const Client& client, TransferPlan plan)
    : easy_(easy), settings_(settings), proxy_(proxy), guard_(guard), client_(client), plan_(std::move(plan)) {
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
}

void Transfer::connect() {
  use_proxy();
  set(easy_, CURLOPT_OPENSOCKETFUNCTION, &Transfer::open_socket);
  set(easy_, CURLOPT_OPENSOCKETDATA, this);
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
    note_tls();  // whatever comes of it, this is what it was sent under
    exchange_.raw_request = part;
  } else if (!exchange_.raw_request.empty() && !exchange_.raw_request.ends_with("\r\n\r\n")) {
    exchange_.raw_request += part;
  }
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
  const auto status = get<long>(easy_, CURLINFO_RESPONSE_CODE);
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
}

// Only while the connection is at hand.
void Transfer::note_tls() {
  const auto* session = get<curl_tlssessioninfo*>(easy_, CURLINFO_TLS_SSL_PTR, nullptr);
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

// Behind the end of the body, in the connection. What comes later than the end was read, nobody sees.
bool Transfer::more_is_waiting() const {
  char next[16];
  const auto* session = get<curl_tlssessioninfo*>(easy_, CURLINFO_TLS_SSL_PTR, nullptr);
  if (session != nullptr && session->internals != nullptr && session->backend == CURLSSLBACKEND_OPENSSL) {
    auto* ssl = static_cast<SSL*>(session->internals);
    const int count = SSL_pending(ssl) > 0 ? SSL_peek(ssl, next, sizeof next) : 0;
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
  const long port = get<long>(easy_, CURLINFO_LOCAL_PORT);
  for (const curl_socket_t each : sockets_) {
    sockaddr_storage local{};
    socklen_t size = sizeof local;
    if (getsockname(each, reinterpret_cast<sockaddr*>(&local), &size) != 0) continue;
    const auto of = local.ss_family == AF_INET6 ? reinterpret_cast<const sockaddr_in6&>(local).sin6_port
                                                : reinterpret_cast<const sockaddr_in&>(local).sin_port;
    if (port > 0 && ntohs(of) == port) return each;
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

Exchange Transfer::finish(CURLcode code) {
  Hop& hop = exchange_.hop;
  hop.timing = timing();
  hop.address = address();
  hop.http_version = http_version(get<long>(easy_, CURLINFO_HTTP_VERSION));
  exchange_.failure = failure_of(code);
  exchange_.cut_by = cut_by(code);
  exchange_.truncated = stopped_ == Stopped::enough || (is_redirect() && code != CURLE_OK);
  if (decoder_) exchange_.body = decoder_->take_body();
  // The handle may be used again: nothing of this object may stay behind in it.
  curl_easy_reset(easy_);
  return std::move(exchange_);
}

// In the words of WARC 1.1 section 5.13.
const char* Transfer::cut_by(CURLcode code) const {
  const bool bomb = decoder_ && decoder_->state() == ContentDecoder::State::bomb;
  if (stopped_ == Stopped::enough || stopped_ == Stopped::headers_too_large || bomb) return "length";
  if (stopped_ != Stopped::no) return "unspecified";
  if (header_bytes_ == 0 || (code == CURLE_OK && headers_whole_)) return "";
  return code == CURLE_OPERATION_TIMEDOUT ? "time" : "disconnect";
}

std::optional<Failure> Transfer::failure_of(CURLcode code) {
  if (stopped_ == Stopped::headers_too_large) {
    return make_failure(FailureName::body_too_large,
                        fmt::format("the headers are larger than {} bytes", settings_.max_header_bytes), code);
  }
  if (!refused_address_.empty() && code == CURLE_COULDNT_CONNECT) {
    return make_failure(FailureName::refused_address, refused_address_, code);
  }
  if (stopped_ == Stopped::length_unclear) return make_failure(FailureName::http_incomplete, announced_.problem);
  if (headers_whole_ && is_redirect()) return std::nullopt;
  if (stopped_ == Stopped::enough) return std::nullopt;
  if (stopped_ == Stopped::longer_than_announced) {
    return make_failure(FailureName::http_incomplete,
                        fmt::format("more was sent than the {} bytes announced", *announced_.bytes));
  }
  if (stopped_ == Stopped::no && code != CURLE_OK) {
    if (way_is_open()) return failure_from_curl(end_of(code));
    return failure_at_proxy({.code = code,
                             .socks_error = get<long>(easy_, CURLINFO_PROXY_ERROR),
                             .connect_status = get<long>(easy_, CURLINFO_HTTP_CONNECTCODE),
                             .message = error_});
  }
  if (!decoder_) {  // libcurl does not mind an answer that ends within its headers
    return make_failure(FailureName::http_incomplete, fmt::format("the headers end after {} bytes", header_bytes_),
                        code);
  }
  if (body_bytes_ == 0) return std::nullopt;
  using State = ContentDecoder::State;
  switch (decoder_->finish()) {
    case State::open:
    case State::truncated: return std::nullopt;
    case State::bomb:
      return make_failure(
          FailureName::body_too_large,
          fmt::format("{} bytes decode to more than a hundred times as many", exchange_.raw_body.size()));
    case State::corrupt:
      return make_failure(FailureName::decode_error, one_line("the body is not valid " + decoder_->coding()),
                          decoder_->error());
    case State::too_many_codings:
      return make_failure(FailureName::body_too_large, "more content codings in one another than are taken off");
    case State::unknown_coding:
      return make_failure(FailureName::decode_error, one_line("unknown content coding " + decoder_->coding()));
  }
  return std::nullopt;
}

// Not the proxy's: where that resolves the name, nobody here knows.
std::string Transfer::address() const {
  if (proxy_ == nullptr) {
    const char* connected = get<const char*>(easy_, CURLINFO_PRIMARY_IP, nullptr);
    return connected == nullptr ? "" : connected;
  }
  if (!plan_.addresses.empty()) return to_string(plan_.addresses.front());
  if (!plan_.connect_host.empty()) return parse_address(plan_.connect_host) ? plan_.connect_host : "";
  return plan_.url.address ? to_string(*plan_.url.address) : "";
}

// To the target: without a proxy always, else once something was asked of the target itself.
bool Transfer::way_is_open() const {
  if (proxy_ == nullptr || tls_begun_ || !exchange_.raw_request.empty() || header_bytes_ > 0) return true;
  return get<long>(easy_, CURLINFO_HTTP_CONNECTCODE) / 100 == 2;
}

CurlEnd Transfer::end_of(CURLcode code) const {
  CurlEnd end;
  end.code = code;
  end.message = error_;
  end.os_error = get<long>(easy_, CURLINFO_OS_ERRNO);
  end.verify_result = get<long>(easy_, CURLINFO_SSL_VERIFYRESULT);
  const bool ready = get<curl_off_t>(easy_, CURLINFO_PRETRANSFER_TIME_T) > 0;
  // The connect time is set only when TLS is done as well.
  end.connected = ready || get<long>(easy_, CURLINFO_LOCAL_PORT) > 0;
  end.secured =
      ready || (end.connected && plan_.url.scheme == "http") || get<curl_off_t>(easy_, CURLINFO_APPCONNECT_TIME_T) > 0;
  end.headers_whole = headers_whole_;
  end.received = static_cast<std::int64_t>(header_bytes_ + body_bytes_);
  end.timeout_s = !end.secured         ? std::min(settings_.connect_s, settings_.timeout_s)
                  : header_bytes_ == 0 ? std::min(settings_.first_byte_s, settings_.timeout_s)
                                       : settings_.timeout_s;
  return end;
}

Timing Transfer::timing() const {
  const double lookup = milliseconds_of(easy_, CURLINFO_NAMELOOKUP_TIME_T);
  const double connected = milliseconds_of(easy_, CURLINFO_CONNECT_TIME_T);
  const double secured = milliseconds_of(easy_, CURLINFO_APPCONNECT_TIME_T);
  const double ready = milliseconds_of(easy_, CURLINFO_PRETRANSFER_TIME_T);
  const double first_byte = milliseconds_of(easy_, CURLINFO_STARTTRANSFER_TIME_T);
  const bool fresh = get<long>(easy_, CURLINFO_NUM_CONNECTS) > 0;  // not a connection that was used before
  Timing timing;
  timing.name_lookup = plan_.lookup_ms;
  if (fresh && connected > 0) {
    timing.connect = connected - lookup;
  } else if (tls_begun_ && socket_opened_) {  // TLS failed; libcurl tells both times or none
    timing.connect = std::chrono::duration<double, std::milli>(*tls_begun_ - *socket_opened_).count();
  }
  if (fresh && secured > 0) timing.tls = secured - connected;
  if (first_byte > 0 && header_bytes_ > 0) timing.first_byte = first_byte - ready;
  timing.total = std::chrono::duration<double, std::milli>(Clock::now() - plan_.begun).count();
  return timing;
}

CURLcode Transfer::before_tls(CURL*, void* ssl_context, void* self) noexcept {
  auto& transfer = *static_cast<Transfer*>(self);
  if (!transfer.tls_begun_) transfer.tls_begun_ = Clock::now();
  note_shown_chain(static_cast<SSL_CTX*>(ssl_context), transfer.exchange_.hop.tls_chain_sha256);
  return CURLE_OK;
}

int Transfer::traced(CURL*, curl_infotype type, char* data, std::size_t size, void* self) noexcept {
  try {
    if (type == CURLINFO_HEADER_OUT) static_cast<Transfer*>(self)->on_request({data, size});
    if (type == CURLINFO_DATA_IN) static_cast<Transfer*>(self)->on_arrival({data, size});
  } catch (...) {  // out of memory: the evidence lacks what was sent
    static_cast<Transfer*>(self)->exchange_.raw_request.clear();
  }
  return 0;
}

std::size_t Transfer::header_arrived(char* data, std::size_t size, std::size_t count, void* self) noexcept {
  try {
    return static_cast<Transfer*>(self)->on_header({data, size * count}) ? size * count : 0;
  } catch (...) {  // out of memory; libcurl ends the transfer
    return 0;
  }
}

std::size_t Transfer::body_arrived(char* data, std::size_t size, std::size_t count, void* self) noexcept {
  try {
    return static_cast<Transfer*>(self)->on_body({data, size * count}) ? size * count : 0;
  } catch (...) {
    return 0;
  }
}

// The last gate: whatever name or spelling led here, this is the address that would be connected to.
curl_socket_t Transfer::open_socket(void* self, curlsocktype, curl_sockaddr* address) noexcept {
  auto& transfer = *static_cast<Transfer*>(self);
  try {
    if (!transfer.plan_.unguarded) {
      const auto target = address_of(address->addr);
      const auto why = target ? transfer.guard_.refusal(*target) : std::string("an address of another kind");
      if (why) {
        transfer.refused_address_ = *why;
        return CURL_SOCKET_BAD;
      }
    }
  } catch (...) {
    return CURL_SOCKET_BAD;
  }
  if (!transfer.socket_opened_) transfer.socket_opened_ = Clock::now();
  const curl_socket_t opened = socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
  try {
    transfer.sockets_.push_back(opened);
  } catch (...) {  // out of memory: it is not looked at again
  }
  return opened;
}

}  // namespace linkaudit::probes

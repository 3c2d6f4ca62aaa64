#include "tests/probes/fetch/script_server.h"

#include <arpa/inet.h>
#include <linux/sockios.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <stdexcept>

#include "probes/page/ascii.h"

namespace linkaudit::probes {

std::string Request::header(std::string_view name) const {
  std::string_view rest = head;
  while (!rest.empty()) {
    const auto end = rest.find("\r\n");
    const auto line = rest.substr(0, end);
    if (line.size() > name.size() && line[name.size()] == ':' && starts_ignoring_case(line, name)) {
      return std::string(trim(line.substr(name.size() + 1)));
    }
    if (end == std::string_view::npos) break;
    rest.remove_prefix(end + 2);
  }
  return {};
}

void Peer::send(std::string_view bytes) {
  while (!bytes.empty() && open_) {
    const long sent = ssl_ != nullptr ? SSL_write(ssl_, bytes.data(), static_cast<int>(bytes.size()))
                                      : ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) {
      open_ = false;
      return;
    }
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
}

void Peer::answer(std::string_view status, std::string_view headers, std::string_view body) {
  std::string whole = "HTTP/1.1 " + std::string(status) + "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n";
  if (last_answer_) whole += "Connection: close\r\n";
  whole += headers;
  whole += "\r\n";
  whole += body;
  send(whole);
}

void Peer::reset() {
  const linger now{.l_onoff = 1, .l_linger = 0};
  setsockopt(socket_, SOL_SOCKET, SO_LINGER, &now, sizeof now);
  open_ = false;
}

void Peer::flush() {
  // SIOCOUTQ counts what has not been acknowledged.
  for (int left = 1; left > 0 && ioctl(socket_, SIOCOUTQ, &left) == 0;) std::this_thread::yield();
}

std::string Peer::take(std::size_t size) {
  while (unread_.size() < size) {
    char buffer[4096];
    const long got = receive(buffer, sizeof buffer);
    if (got <= 0) return {};
    unread_.append(buffer, static_cast<std::size_t>(got));
  }
  std::string taken = unread_.substr(0, size);
  unread_.erase(0, size);
  return taken;
}

void Peer::send_then_reset() {
  flush();
  reset();
}

void Peer::read_then_reset() {
  char byte = 0;
  recv(socket_, &byte, 1, MSG_PEEK);
  reset();
}

void Peer::wait() {
  char buffer[256];
  while (receive(buffer, sizeof buffer) > 0) {
  }
  open_ = false;
}

bool Peer::closed_within(std::chrono::milliseconds time) {
  pollfd wanted{.fd = socket_, .events = POLLIN, .revents = 0};
  return poll(&wanted, 1, static_cast<int>(time.count())) != 0;
}

long Peer::receive(char* buffer, std::size_t size) {
  return ssl_ != nullptr ? SSL_read(ssl_, buffer, static_cast<int>(size)) : recv(socket_, buffer, size, 0);
}

bool Peer::read_request(Request& request) {
  std::size_t end = 0;
  while ((end = unread_.find("\r\n\r\n")) == std::string::npos) {
    char buffer[4096];
    const long got = receive(buffer, sizeof buffer);
    if (got <= 0) return false;
    unread_.append(buffer, static_cast<std::size_t>(got));
  }
  request.head = unread_.substr(0, end + 2);
  unread_.erase(0, end + 4);
  const auto begin = request.head.find(' ') + 1;
  request.path = request.head.substr(begin, request.head.find(' ', begin) - begin);
  request.host = request.header("Host");
  return true;
}

ScriptServer::ScriptServer() : ScriptServer(Tls{}) {}

namespace {

int choose_http2(SSL*, const unsigned char** chosen, unsigned char* size, const unsigned char* offered,
                 unsigned int offered_size, void*) {
  static constexpr unsigned char kHttp2[] = {2, 'h', '2'};  // RFC 7301 section 3.1
  unsigned char* found = nullptr;
  const int result = SSL_select_next_proto(&found, size, kHttp2, sizeof kHttp2, offered, offered_size);
  *chosen = found;
  return result == OPENSSL_NPN_NEGOTIATED ? SSL_TLSEXT_ERR_OK : SSL_TLSEXT_ERR_ALERT_FATAL;
}

}  // namespace

ScriptServer::ScriptServer(const Tls& tls) {
  if (tls.identity != nullptr) {
    context_ = SSL_CTX_new(TLS_server_method());
    SSL_CTX_use_certificate(context_, tls.identity->certificate.get());
    SSL_CTX_use_PrivateKey(context_, tls.identity->key.get());
    if (tls.sent_along != nullptr) SSL_CTX_add1_chain_cert(context_, tls.sent_along->certificate.get());
    if (tls.highest_version != 0) SSL_CTX_set_max_proto_version(context_, tls.highest_version);
    if (tls.http2) SSL_CTX_set_alpn_select_cb(context_, &choose_http2, nullptr);
    if (tls.lowest_version != 0) SSL_CTX_set_min_proto_version(context_, tls.lowest_version);
    if (tls.highest_version != 0 && tls.highest_version < TLS1_2_VERSION) SSL_CTX_set_security_level(context_, 0);
  }
  listener_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  if (bind(listener_, reinterpret_cast<sockaddr*>(&address), size) != 0 || listen(listener_, 64) != 0 ||
      getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size) != 0) {
    throw std::runtime_error("cannot listen on 127.0.0.1");
  }
  port_ = ntohs(address.sin_port);
  accepting_ = std::thread([this] { accept_all(); });
}

ScriptServer::~ScriptServer() {
  shutdown(listener_, SHUT_RDWR);
  accepting_.join();
  close(listener_);
  {
    const std::scoped_lock lock(mutex_);
    for (const auto& [socket, thread] : serving_) shutdown(socket, SHUT_RDWR);
  }
  for (auto& [socket, thread] : serving_) {
    thread.join();
    close(socket);
  }
  SSL_CTX_free(context_);
}

std::vector<Request> ScriptServer::requests() const {
  const std::scoped_lock lock(mutex_);
  return requests_;
}

void ScriptServer::accept_all() {
  while (true) {
    const int socket = accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (socket < 0) return;
    ++connections_;
    const std::scoped_lock lock(mutex_);
    serving_.emplace_back(socket, std::thread([this, socket] { serve(socket); }));
  }
}

void ScriptServer::serve(int socket) {
  // OpenSSL writes without MSG_NOSIGNAL; the program as a whole keeps its own ways.
  sigset_t pipe;
  sigemptyset(&pipe);
  sigaddset(&pipe, SIGPIPE);
  pthread_sigmask(SIG_BLOCK, &pipe, nullptr);
  bool go_on = true;
  if (at_once_) {
    Peer bare(socket, nullptr);
    at_once_(bare);
    go_on = bare.open();
  }
  SSL* ssl = nullptr;
  if (go_on && context_ != nullptr) {
    ssl = SSL_new(context_);
    SSL_set_fd(ssl, socket);
    if (before_handshake_) before_handshake_(ssl);
    go_on = SSL_accept(ssl) == 1;
    if (go_on && SSL_session_reused(ssl) == 1) ++resumed_;
  }
  if (go_on) {
    Peer peer(socket, ssl);
    converse(peer);
  }
  SSL_free(ssl);
  // The descriptor lives until the server does, so that its number is not used again; the reset needs a close.
  linger state{};
  socklen_t size = sizeof state;
  getsockopt(socket, SOL_SOCKET, SO_LINGER, &state, &size);
  if (state.l_onoff != 0) {
    sockaddr nowhere{};
    nowhere.sa_family = AF_UNSPEC;
    connect(socket, &nowhere, sizeof nowhere);  // dissolves the connection with RST
  } else {
    shutdown(socket, SHUT_RDWR);
  }
}

void ScriptServer::converse(Peer& peer) {
  Request request;
  while (peer.open() && peer.read_request(request)) {
    const int inside = ++inside_;
    for (int most = most_; inside > most && !most_.compare_exchange_weak(most, inside);) {
    }
    {
      const std::scoped_lock lock(mutex_);
      requests_.push_back(request);
    }
    auto script = scripts_.find(request.path.substr(0, request.path.find('?')));
    if (script == scripts_.end()) script = scripts_.find("");
    if (script == scripts_.end()) {
      peer.answer("404 Not Found", "Content-Type: text/plain\r\n", "no script");
    } else {
      script->second(peer, request);
    }
    --inside_;
  }
}

}  // namespace linkaudit::probes

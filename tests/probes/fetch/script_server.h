// A server that misbehaves as it is told: raw sockets on 127.0.0.1, a script for each path, plain or with TLS.
#pragma once

#include <openssl/ssl.h>

#include <atomic>
#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "tests/probes/fetch/certificates.h"

namespace linkaudit::probes {

struct Request {
  std::string path;  // with its query
  std::string host;  // of the Host header
  std::string head;  // request line and header block

  std::string header(std::string_view name) const;  // "" when absent
};

// What a script may do to its connection.
class Peer {
 public:
  Peer(int socket, SSL* ssl) : socket_(socket), ssl_(ssl) {}

  void send(std::string_view bytes);
  void answer(std::string_view status, std::string_view headers, std::string_view body);  // with Content-Length
  void announce_close() { last_answer_ = true; }  // answers say that the connection is not to be used again
  void close() { open_ = false; }
  void reset();                                        // RST instead of FIN
  void flush();                                        // until the other side has all that was sent
  std::string take(std::size_t size);                  // so many of the bytes that come; "" when they end
  void send_then_reset();                              // when the other side has all that was sent
  void read_then_reset();                              // after the first bytes from the other side
  void wait();                                         // until the other side closes
  bool closed_within(std::chrono::milliseconds time);  // by the other side, which says nothing more
  bool open() const { return open_; }
  bool read_request(Request& request);

 private:
  long receive(char* buffer, std::size_t size);
  int socket_;
  SSL* ssl_;
  bool open_ = true, last_answer_ = false;
  std::string unread_;
};

using Script = std::function<void(Peer&, const Request&)>;

class ScriptServer {
 public:
  struct Tls {
    const Identity* identity = nullptr;
    int highest_version = 0;  // TLS1_2_VERSION ...; 0: the library's
    int lowest_version = 0;
    bool http2 = false;
    const Identity* sent_along = nullptr;  // in the chain, after the server's own certificate
  };

  ScriptServer();
  explicit ScriptServer(const Tls& tls);
  ~ScriptServer();  // joins its threads; connections still open are shut down
  ScriptServer(const ScriptServer&) = delete;
  ScriptServer& operator=(const ScriptServer&) = delete;

  // `path` without query; "" for any other. To be called before the first request.
  void on(const std::string& path, Script script) { scripts_[path] = std::move(script); }
  // As soon as a connection is there, before a request (and before TLS).
  void on_connect(std::function<void(Peer&)> script) { at_once_ = std::move(script); }
  // Before each TLS handshake: what it is to offer may be changed.
  void on_handshake(std::function<void(SSL*)> script) { before_handshake_ = std::move(script); }

  int port() const { return port_; }
  std::vector<Request> requests() const;
  int connections() const { return connections_; }
  int resumed() const { return resumed_; }  // TLS sessions begun by an earlier connection
  int most_at_once() const { return most_; }

 private:
  void accept_all();
  void serve(int socket);
  void converse(Peer& peer);

  int listener_ = -1, port_ = 0;
  SSL_CTX* context_ = nullptr;
  std::map<std::string, Script> scripts_;
  std::function<void(Peer&)> at_once_;
  std::function<void(SSL*)> before_handshake_;
  mutable std::mutex mutex_;
  std::vector<Request> requests_;
  std::vector<std::pair<int, std::thread>> serving_;
  std::atomic<int> connections_ = 0, resumed_ = 0, inside_ = 0, most_ = 0;
  std::thread accepting_;
};

}  // namespace linkaudit::probes

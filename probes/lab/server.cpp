#include "probes/lab/server.h"

#include <Poco/Net/Context.h>
#include <Poco/Net/HTTPRequestHandler.h>
#include <Poco/Net/HTTPRequestHandlerFactory.h>
#include <Poco/Net/HTTPServer.h>
#include <Poco/Net/HTTPServerRequest.h>
#include <Poco/Net/HTTPServerRequestImpl.h>
#include <Poco/Net/HTTPServerResponse.h>
#include <Poco/Net/SecureServerSocket.h>
#include <Poco/ThreadPool.h>
#include <Poco/URI.h>
#include <openssl/ssl.h>
#include <sys/socket.h>

#include <atomic>
#include <stdexcept>

namespace linkaudit::probes {
namespace {

namespace net = Poco::Net;

constexpr int kThreads = 16, kWaiting = 256, kSeconds = 30;

LabRequest request_of(const net::HTTPServerRequest& request, const char* scheme) {
  const std::string& authority = request.getHost();
  const Poco::URI uri(std::string(scheme) + "://" + authority + request.getURI());
  return {scheme, uri.getHost(), uri.getPath(), uri.getRawQuery(), request.get("User-Agent", "")};
}

// Ends a connection with a TCP reset, as a censor or a crashing server does. Poco's own ways say good-bye first in TLS.
void reset(const net::StreamSocket& socket) {
  sockaddr nowhere{};
  nowhere.sa_family = AF_UNSPEC;
  ::connect(socket.impl()->sockfd(), &nowhere, sizeof nowhere);  // dissolves the connection, see connect(2)
}

// Says nothing until the client has gone or the lab stops.
void hold(const net::StreamSocket& socket, const std::atomic<bool>& stopping) {
  const Poco::Timespan step(0, 50'000);
  while (!stopping && !socket.poll(step, net::Socket::SELECT_READ)) {
  }
  reset(socket);
}

class Conversation : public net::HTTPRequestHandler {
 public:
  Conversation(const LabServer::Handler& handler, const char* scheme, const std::atomic<bool>& stopping)
      : handler_(handler), scheme_(scheme), stopping_(stopping) {}

  void handleRequest(net::HTTPServerRequest& request, net::HTTPServerResponse& response) override {
    const LabAnswer answer = handler_(request_of(request, scheme_));
    if (answer.line == LabAnswer::Line::answer) return send(answer, response);
    const net::StreamSocket socket = static_cast<net::HTTPServerRequestImpl&>(request).detachSocket();
    if (answer.line == LabAnswer::Line::reset)
      reset(socket);
    else
      hold(socket, stopping_);
  }

 private:
  static void send(const LabAnswer& answer, net::HTTPServerResponse& response) {
    response.setStatus(static_cast<net::HTTPResponse::HTTPStatus>(answer.status));
    response.setReason(net::HTTPResponse::getReasonForStatus(response.getStatus()));
    if (!answer.location.empty()) response.set("Location", answer.location);
    response.setContentType(answer.content_type);
    response.sendBuffer(answer.body.data(), answer.body.size());
  }

  const LabServer::Handler& handler_;
  const char* scheme_;
  const std::atomic<bool>& stopping_;
};

class Conversations : public net::HTTPRequestHandlerFactory {
 public:
  Conversations(const LabServer::Handler& handler, const char* scheme, const std::atomic<bool>& stopping)
      : handler_(handler), scheme_(scheme), stopping_(stopping) {}

  net::HTTPRequestHandler* createRequestHandler(const net::HTTPServerRequest&) override {
    return new Conversation(handler_, scheme_, stopping_);  // Poco owns it
  }

 private:
  const LabServer::Handler& handler_;
  const char* scheme_;
  const std::atomic<bool>& stopping_;
};

net::HTTPServerParams::Ptr bounds() {
  net::HTTPServerParams::Ptr params = new net::HTTPServerParams;
  params->setMaxThreads(kThreads);
  params->setMaxQueued(kWaiting);
  params->setKeepAlive(false);
  params->setTimeout(Poco::Timespan(kSeconds, 0));
  return params;
}

int present(SSL* connection, const CertificateAuthority& authority) noexcept try {
  const char* name = SSL_get_servername(connection, TLSEXT_NAMETYPE_host_name);
  const Certificate leaf = authority.issue(name == nullptr ? "127.0.0.1" : name);
  const bool done =
      SSL_use_certificate(connection, leaf.get()) == 1 && SSL_use_PrivateKey(connection, authority.leaf_key()) == 1;
  return done ? SSL_TLSEXT_ERR_OK : SSL_TLSEXT_ERR_ALERT_FATAL;
} catch (...) {
  return SSL_TLSEXT_ERR_ALERT_FATAL;
}

int present_for_name(SSL* connection, int*, void* authority) {
  return present(connection, *static_cast<const CertificateAuthority*>(authority));
}

net::Context::Ptr tls(const CertificateAuthority& authority) {
  net::Context::Ptr context = new net::Context(net::Context::TLS_SERVER_USE, "", net::Context::VERIFY_NONE);
  SSL_CTX* raw = context->sslContext();
  const Certificate fallback = authority.issue("127.0.0.1");
  if (SSL_CTX_use_certificate(raw, fallback.get()) != 1 || SSL_CTX_use_PrivateKey(raw, authority.leaf_key()) != 1) {
    throw std::runtime_error("lab: OpenSSL refuses the lab's certificate");
  }
  SSL_CTX_set_tlsext_servername_callback(raw, present_for_name);
  SSL_CTX_set_tlsext_servername_arg(raw, const_cast<CertificateAuthority*>(&authority));
  return context;
}

}  // namespace

struct LabServer::State {
  State(const CertificateAuthority& authority, Handler given)
      : handler(std::move(given)),
        threads(2, 2 * kThreads),
        http_socket(net::SocketAddress("127.0.0.1", 0)),
        https_socket(net::SocketAddress("127.0.0.1", 0), 64, tls(authority)),
        http(new Conversations(handler, "http", stopping), threads, http_socket, bounds()),
        https(new Conversations(handler, "https", stopping), threads, https_socket, bounds()) {
    http.start();
    https.start();
  }

  ~State() {
    stopping = true;
    http.stopAll(true);
    https.stopAll(true);
    threads.joinAll();
  }

  Handler handler;
  std::atomic<bool> stopping = false;
  Poco::ThreadPool threads;
  net::ServerSocket http_socket;
  net::SecureServerSocket https_socket;
  net::HTTPServer http, https;
};

LabServer::LabServer(const CertificateAuthority& authority, Handler handler)
    : state_(std::make_unique<State>(authority, std::move(handler))) {}
LabServer::~LabServer() = default;

std::uint16_t LabServer::http_port() const {
  return state_->http_socket.address().port();
}
std::uint16_t LabServer::https_port() const {
  return state_->https_socket.address().port();
}

}  // namespace linkaudit::probes

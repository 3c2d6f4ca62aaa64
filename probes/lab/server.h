// The lab's listeners: HTTP and HTTPS on 127.0.0.1, each on a port of the system's choice.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>

#include "probes/lab/certificate.h"
#include "probes/lab/pages.h"

namespace linkaudit::probes {

// Bounded: a fixed number of threads and of waiting connections, one request for each connection, header blocks of
// Poco's limits, no bodies read. The destructor stops and joins.
class LabServer {
 public:
  // Called on the servers' threads, several at once.
  using Handler = std::function<LabAnswer(const LabRequest&)>;

  // `authority` must outlive the server. Throws Poco::Exception when it cannot listen.
  LabServer(const CertificateAuthority& authority, Handler handler);
  ~LabServer();
  LabServer(const LabServer&) = delete;
  LabServer& operator=(const LabServer&) = delete;

  std::uint16_t http_port() const;
  std::uint16_t https_port() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace linkaudit::probes

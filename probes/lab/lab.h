// A stand-in internet on loopback: real host names, made-up servers. For tests, `linkaudit demo` and `linkaudit lab`.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "probes/lab/play.h"
#include "probes/lab/table.h"

namespace linkaudit::probes {

// How the first line of an overlay begins.
inline constexpr std::string_view kLabOverlayMark = "# The simulated internet of linkaudit";

struct LabSettings {
  std::string directory;  // gets ca.pem, the certificate to trust; must exist
  std::string date;       // the day that is played, YYYY-MM-DD; "": the newest of the table
  std::vector<LabRow> rows = default_rows();
};

// Listens from construction to destruction on 127.0.0.1, http and https, each on a port of the system's choice. All
// members may be used from any thread.
class Lab {
 public:
  // Throws std::runtime_error or a Poco::Exception when it cannot write to the directory or cannot listen, and
  // std::invalid_argument for an impossible row.
  explicit Lab(LabSettings settings);
  ~Lab();
  Lab(const Lab&) = delete;
  Lab& operator=(const Lab&) = delete;

  std::uint16_t http_port() const;
  std::uint16_t https_port() const;
  std::string ca_file() const;                  // PEM
  std::vector<std::string> connect_to() const;  // every host name to the lab, in curl's form
  std::vector<std::string> canaries() const;

  // A catalog overlay (YAML) under which the built-in catalog audits the lab and reaches nothing else.
  std::string overlay_yaml() const;

  const LabTable& table() const;
  void set(LabRow row);  // changes the world from the next request on
  void set(LabOutage outage);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace linkaudit::probes

// Servers for the rows of one behaviour: each row has names of its own, some of which lead to where it goes wrong.
#pragma once

#include <atomic>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "tests/probes/failures/behaviour.h"
#include "tests/probes/failures/table.h"
#include "tests/probes/fetch/silent_ports.h"
#include "tests/probes/prober/probing.h"

namespace linkaudit::probes {

class Acting {
 public:
  // All must outlive this.
  Acting(const Behaviour& behaviour, const Certificates& certificates, const std::string& ca_file,
         const std::vector<Row>& rows);

  const ProberSettings& settings() const { return world_.settings; }
  LookUp look_up() const;
  const Target& target_of(std::size_t row) const { return targets_.at(row); }

 private:
  enum class Role { link, second, page, gateway };
  struct Part {
    const Row* row = nullptr;
    Role role = Role::link;
    bool bad = false;
    std::shared_ptr<std::atomic<int>> asked = std::make_shared<std::atomic<int>>(0);
  };

  void cast(const Row& row);
  void aim_at(const Row& row);
  void lead_to_servers();
  std::string connect_to(const std::string& host, const Part& part) const;
  int port_of(const Part& part) const;
  std::unique_ptr<ScriptServer> secure_server(const Certificates& certificates, bool only_once) const;
  void serve(Peer& peer, const Request& request) const;
  bool misbehaves(const Part& part, const Request& request) const;
  std::string good_answer(const Part& part, const Request& request) const;
  std::string url_of(const Row& row, Role role, const std::string& path) const;
  bool through_gateway(const Row& row) const;
  static std::string host_of_part(const Row& row, Role role);

  const Behaviour& behaviour_;
  std::map<std::string, Part> parts_;  // by host name; complete before the first request
  std::vector<Target> targets_;        // as the rows
  ClosedPort closed_;
  FullServer full_;
  std::unique_ptr<ScriptServer> secure_, secure_after_once_;
  World world_;
};

}  // namespace linkaudit::probes

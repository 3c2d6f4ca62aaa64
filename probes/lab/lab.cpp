#include "probes/lab/lab.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <filesystem>
#include <fstream>
#include <mutex>
#include <stdexcept>

#include "probes/lab/certificate.h"
#include "probes/lab/server.h"

namespace linkaudit::probes {
namespace {

std::string write_authority(const CertificateAuthority& authority, const std::string& directory) {
  const std::string path = std::filesystem::absolute(std::filesystem::path(directory) / "ca.pem").string();
  std::ofstream file(path);
  file << authority.pem();
  file.close();
  if (!file) throw std::runtime_error(path + ": cannot be written");
  return path;
}

}  // namespace

struct Lab::State {
  explicit State(LabSettings settings)
      : table(std::move(settings.rows), std::move(settings.date)),
        ca_file(write_authority(authority, settings.directory)),
        server(authority, [this](const LabRequest& request) { return play(request, table, current_outage()); }) {}

  LabOutage current_outage() const {
    const std::lock_guard lock(mutex);
    return outage;
  }

  CertificateAuthority authority;
  LabTable table;
  std::string ca_file;
  mutable std::mutex mutex;
  LabOutage outage;
  LabServer server;  // last: its threads use the rest
};

Lab::Lab(LabSettings settings) : state_(std::make_unique<State>(std::move(settings))) {}
Lab::~Lab() = default;

std::uint16_t Lab::http_port() const {
  return state_->server.http_port();
}
std::uint16_t Lab::https_port() const {
  return state_->server.https_port();
}
std::string Lab::ca_file() const {
  return state_->ca_file;
}
const LabTable& Lab::table() const {
  return state_->table;
}
void Lab::set(LabRow row) {
  state_->table.set(std::move(row));
}

void Lab::set(LabOutage outage) {
  const std::lock_guard lock(state_->mutex);
  state_->outage = outage;
}

std::vector<std::string> Lab::connect_to() const {
  return {fmt::format(":443:127.0.0.1:{}", https_port()), fmt::format(":80:127.0.0.1:{}", http_port())};
}

std::vector<std::string> Lab::canaries() const {
  return {fmt::format("https://one.{}/", kCanaryDomain), fmt::format("https://two.{}/", kCanaryDomain)};
}

}  // namespace linkaudit::probes

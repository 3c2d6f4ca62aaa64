// Screenshots named on the command line or in a file of attestations, read to be kept.
#pragma once

#include <filesystem>
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "audit/log/log.h"

namespace linkaudit::cli {

class Screenshots {
 public:
  // Relative names are meant from there.
  explicit Screenshots(std::filesystem::path folder) : folder_(std::move(folder)) {}

  // The digest, or what is wrong with the file.
  tl::expected<std::string, std::string> keep(const std::string& file);
  const std::vector<log::Blob>& blobs() const { return blobs_; }

 private:
  std::filesystem::path folder_;
  std::vector<log::Blob> blobs_;
};

}  // namespace linkaudit::cli

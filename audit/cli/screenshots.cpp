#include "audit/cli/screenshots.h"

#include "audit/cli/session.h"
#include "audit/run/screenshot.h"

namespace linkaudit::cli {

tl::expected<std::string, std::string> Screenshots::keep(const std::string& file) {
  std::string content;
  try {
    content = read_file((folder_ / file).string(), run::kMostScreenshotBytes);
  } catch (const Refused& refused) {
    return tl::unexpected(std::string(refused.what()));
  }
  auto picture = run::screenshot_blob(file, content);
  if (!picture) return tl::unexpected(picture.error());
  blobs_.push_back(std::move(*picture));
  return blobs_.back().sha256;
}

}  // namespace linkaudit::cli

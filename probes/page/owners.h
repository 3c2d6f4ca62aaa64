// Whose page a URL is.
#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "probes/classify.h"
#include "probes/page/patterns.h"

namespace linkaudit::probes {

// The longest domain wins; where a host app and a platform have the same one, the page is both's. `knowledge` must
// outlive this.
class Owners {
 public:
  explicit Owners(const Knowledge& knowledge);

  Classifier::Owner owner_of(const std::string& url) const;
  std::string platform_of_link(const std::string& url) const;
  bool is_page_of(const std::string& url, const std::string& platform) const;

 private:
  struct Claims {
    std::string host;
    std::vector<std::size_t> platforms;  // indices, in the order of the catalog
  };
  const Claims* claims_on(const std::string& url) const;
  std::vector<bool> platforms_by_shape(const std::string& url) const;

  const Knowledge& knowledge_;
  std::unordered_map<std::string, Claims> by_domain_;
  PatternSet shapes_;
  std::vector<std::vector<int>> shapes_of_;  // by platform
};

}  // namespace linkaudit::probes

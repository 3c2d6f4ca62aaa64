// Pages that were read already: the control leg and the context legs of a link most often see the same bytes, and
// reading a page costs ten times its digest.
#pragma once

#include <cstddef>
#include <list>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

#include "probes/page/page_facts.h"

namespace linkaudit::probes {

// Holds the pages asked for last, up to so many bytes of them. One thread.
class PageCache {
 public:
  explicit PageCache(std::size_t most_bytes);

  // As read_page(). `sha256` is the body's digest: equal bytes under equal headers are equal pages.
  std::shared_ptr<const PageFacts> read(std::string_view body, const std::string& sha256, std::string_view content_type,
                                        std::string_view refresh);

  // The body's SHA-256, in hex. That of a page kept here is known, and comparing bytes costs less than digesting them.
  std::string digest_of(std::string_view body) const;

  std::size_t bytes() const { return bytes_; }
  std::size_t hits() const { return hits_; }

 private:
  struct Kept {
    std::string key;
    std::shared_ptr<const PageFacts> page;
    std::size_t bytes;
    std::size_t sample;
  };
  using Place = std::list<Kept>::iterator;

  void keep(const std::string& key, const std::shared_ptr<const PageFacts>& page, std::string_view body);
  void forget_last();

  std::size_t most_bytes_, bytes_ = 0, hits_ = 0;
  std::list<Kept> pages_;  // the newest in front
  std::unordered_map<std::string_view, Place> by_key_;
  std::unordered_map<std::size_t, Place> by_sample_;  // those whose source is the body as it came, byte for byte
};

}  // namespace linkaudit::probes

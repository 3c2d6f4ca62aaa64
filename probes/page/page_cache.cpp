#include "probes/page/page_cache.h"

#include "probes/page/reader.h"

namespace linkaudit::probes {
namespace {

std::size_t bytes_of(const std::string& key, const PageFacts& page) {
  std::size_t bytes = sizeof(PageFacts) + key.size() + page.title.size() + page.text.size() + page.source.size();
  for (const auto& [name, value] : page.json) bytes += 2 * sizeof(std::string) + name.size() + value.size();
  return bytes;
}

}  // namespace

PageCache::PageCache(std::size_t most_bytes) : most_bytes_(most_bytes) {}

std::shared_ptr<const PageFacts> PageCache::read(std::string_view body, const std::string& sha256,
                                                 std::string_view content_type, std::string_view refresh) {
  std::string key = sha256;
  key.append(1, '\n').append(content_type).append(1, '\n').append(refresh);
  if (const auto known = by_key_.find(key); known != by_key_.end()) {
    ++hits_;
    pages_.splice(pages_.begin(), pages_, known->second);
    return known->second->page;
  }
  auto page = std::make_shared<const PageFacts>(read_page(body, content_type, refresh));
  keep(key, page);
  return page;
}

void PageCache::keep(const std::string& key, const std::shared_ptr<const PageFacts>& page) {
  const std::size_t bytes = bytes_of(key, *page);
  if (bytes > most_bytes_ / 4) return;  // one large page is not to drive out all others
  while (bytes_ + bytes > most_bytes_) {
    bytes_ -= pages_.back().bytes;
    by_key_.erase(pages_.back().key);
    pages_.pop_back();
  }
  pages_.push_front({key, page, bytes});
  by_key_.emplace(pages_.front().key, pages_.begin());
  bytes_ += bytes;
}

}  // namespace linkaudit::probes

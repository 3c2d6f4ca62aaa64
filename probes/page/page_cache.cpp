#include "probes/page/page_cache.h"

#include <cstdint>
#include <cstring>
#include <functional>
#include <iterator>

#include "probes/page/digest.h"
#include "probes/page/reader.h"

namespace linkaudit::probes {
namespace {

std::size_t bytes_of(const std::string& key, const PageFacts& page) {
  return sizeof(PageFacts) + key.size() + page.title.size() + page.text.size() + page.source.size() + page.json.bytes();
}

// Tells most bodies from one another by some of their bytes.
std::size_t sample_of(std::string_view body) {
  constexpr std::size_t kWords = 16;
  std::uint64_t sample = body.size();
  std::uint64_t word = 0;
  if (body.size() < kWords * sizeof word) return std::hash<std::string_view>()(body);
  for (std::size_t number = 0; number < kWords; ++number) {
    std::memcpy(&word, body.data() + number * (body.size() - sizeof word) / (kWords - 1), sizeof word);
    sample = (sample ^ word) * 0x9E3779B97F4A7C15U;
    sample ^= sample >> 32U;
  }
  return sample;
}

constexpr std::size_t kHexDigits = 64;  // of a SHA-256, at the begin of a key

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
  keep(key, page, body);
  return page;
}

std::string PageCache::digest_of(std::string_view body) const {
  const auto known = by_sample_.find(sample_of(body));
  if (known == by_sample_.end() || known->second->page->source != body) return sha256_hex(body);
  return known->second->key.substr(0, kHexDigits);
}

void PageCache::keep(const std::string& key, const std::shared_ptr<const PageFacts>& page, std::string_view body) {
  const std::size_t bytes = bytes_of(key, *page);
  if (bytes > most_bytes_ / 4) return;  // one large page is not to drive out all others
  while (bytes_ + bytes > most_bytes_) forget_last();
  pages_.push_front({key, page, bytes, sample_of(body)});
  by_key_.emplace(pages_.front().key, pages_.begin());
  if (page->source == body) by_sample_[pages_.front().sample] = pages_.begin();
  bytes_ += bytes;
}

void PageCache::forget_last() {
  const auto last = std::prev(pages_.end());
  bytes_ -= last->bytes;
  by_key_.erase(last->key);
  const auto sampled = by_sample_.find(last->sample);
  if (sampled != by_sample_.end() && sampled->second == last) by_sample_.erase(sampled);
  pages_.pop_back();
}

}  // namespace linkaudit::probes

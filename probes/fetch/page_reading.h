// Reads pages on a thread of its own, so that the transfers of other legs go on.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <stop_token>
#include <thread>
#include <vector>

#include "probes/exchange.h"
#include "probes/page/page_cache.h"

namespace linkaudit::probes {

// Used from one thread; only the callbacks are called on the other. Pages come back in the order given.
class PageReading {
 public:
  using Prepare = std::function<void(const std::shared_ptr<const PageFacts>&)>;

  // An exchange of some leg, its page read.
  struct Read {
    std::uint64_t leg = 0;
    Exchange exchange;
  };

  // `wake` is called whenever a page lies ready, `prepare` for each page before that: what else can be done beside the
  // transfers. `most_bytes` of pages are remembered.
  PageReading(std::size_t most_bytes, std::function<void()> wake);
  ~PageReading();  // ends the page under way, and forgets the rest
  PageReading(const PageReading&) = delete;
  PageReading& operator=(const PageReading&) = delete;

  void prepare_with(Prepare prepare) { prepare_ = std::move(prepare); }  // before the first page
  void read(std::uint64_t leg, Exchange exchange);
  std::vector<Read> take();  // throws what reading threw
  void forget_all();

 private:
  void work(const std::stop_token& stop);

  PageCache pages_;  // of the thread
  Prepare prepare_;
  std::function<void()> wake_;
  std::mutex mutex_;  // of what follows
  std::condition_variable_any given_;
  std::deque<Read> waiting_;
  std::vector<Read> ready_;
  std::exception_ptr failure_;
  std::jthread thread_;  // from the first page on; last: it uses the others
};

}  // namespace linkaudit::probes

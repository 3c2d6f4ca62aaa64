// Pages read on a thread of its own.
#include "probes/fetch/page_reading.h"

#include <gtest/gtest.h>

#include <atomic>
#include <new>
#include <semaphore>

namespace linkaudit::probes {
namespace {

Exchange answer(int number) {
  Exchange exchange;
  exchange.hop.status = 200;
  exchange.headers = {{"Content-Type", "text/html; charset=utf-8"}};
  exchange.body = "<title>" + std::to_string(number) + "</title>";
  return exchange;
}

// Those that come until there are so many.
std::vector<PageReading::Read> take(PageReading& reading, std::counting_semaphore<>& ready, std::size_t many) {
  std::vector<PageReading::Read> all;
  while (all.size() < many) {
    ready.acquire();
    for (PageReading::Read& read : reading.take()) all.push_back(std::move(read));
  }
  return all;
}

TEST(PageReading, PagesComeBackReadInTheOrderGiven) {
  std::counting_semaphore<> ready(0);
  PageReading reading(1 << 20, [&] { ready.release(); });
  for (int number = 0; number < 200; ++number) reading.read(static_cast<std::uint64_t>(number), answer(number));
  const auto all = take(reading, ready, 200);
  for (std::size_t number = 0; number < all.size(); ++number) {
    EXPECT_EQ(all[number].leg, number);
    ASSERT_TRUE(all[number].exchange.page);
    EXPECT_EQ(all[number].exchange.page->title, std::to_string(number));
    EXPECT_EQ(all[number].exchange.body_sha256.size(), 64U);
  }
}

TEST(PageReading, EachPageIsPreparedBeforeItComesBack) {
  std::counting_semaphore<> ready(0);
  std::atomic<int> prepared = 0;
  PageReading reading(1 << 20, [&] { ready.release(); });
  reading.prepare_with([&](const auto& page) { prepared += page->title == "7" ? 1 : 0; });
  reading.read(1, answer(7));
  take(reading, ready, 1);
  EXPECT_EQ(prepared, 1);
}

TEST(PageReading, WhatIsNoPageComesBackUnread) {
  std::counting_semaphore<> ready(0);
  PageReading reading(1 << 20, [&] { ready.release(); });
  Exchange picture = answer(1);
  picture.headers = {{"Content-Type", "image/png"}};
  reading.read(1, picture);
  EXPECT_FALSE(take(reading, ready, 1).front().exchange.page);
}

TEST(PageReading, WhatFailsThereIsThrownHere) {
  std::counting_semaphore<> ready(0);
  PageReading reading(1 << 20, [&] { ready.release(); });
  reading.prepare_with([](const auto&) { throw std::bad_alloc(); });
  reading.read(1, answer(1));
  ready.acquire();
  EXPECT_THROW(reading.take(), std::bad_alloc);
}

TEST(PageReading, EndsWithoutReadingTheRest) {
  std::binary_semaphore begun(0), go_on(0);
  std::atomic<int> read = 0;
  {
    PageReading reading(1 << 20, [] {});
    reading.prepare_with([&](const auto&) {
      if (++read > 1) return;
      begun.release();
      go_on.acquire();
    });
    for (int number = 0; number < 1000; ++number) reading.read(1, answer(number));
    begun.acquire();
    reading.forget_all();
    go_on.release();
  }
  EXPECT_EQ(read, 1);
}

}  // namespace
}  // namespace linkaudit::probes

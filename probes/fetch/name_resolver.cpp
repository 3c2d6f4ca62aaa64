#include "probes/fetch/name_resolver.h"

#include <netdb.h>
#include <sys/socket.h>

#include <cstdint>
#include <map>
#include <thread>

namespace linkaudit::probes {
namespace {

// A name whose servers are silent keeps a worker longer than its leg waits: enough of them that others need not queue.
constexpr std::size_t kMostWorkers = 64;
constexpr std::size_t kMostRemembered = 4096;
constexpr auto kRemember = std::chrono::seconds(60);
constexpr auto kFarewell = std::chrono::milliseconds(300);

}  // namespace

struct NameResolver::Shared {
  LookUp look_up;
  std::function<void()> wake;
  std::mutex mutex;
  std::condition_variable asked, left;
  std::deque<std::pair<std::string, std::uint64_t>> questions;
  std::map<std::string, std::uint64_t> under_way;  // the number of the question
  std::uint64_t last_question = 0;
  std::vector<std::pair<std::string, NameAnswer>> answers;
  std::size_t workers = 0, idle = 0;
  bool closing = false;
};

NameResolver::NameResolver(LookUp look_up, std::function<void()> wake) : shared_(std::make_shared<Shared>()) {
  shared_->look_up = std::move(look_up);
  shared_->wake = std::move(wake);
}

NameResolver::~NameResolver() {
  std::unique_lock lock(shared_->mutex);
  shared_->closing = true;
  shared_->asked.notify_all();
  shared_->left.wait_for(lock, kFarewell, [&] { return shared_->workers == 0; });
}

const NameAnswer* NameResolver::ask(const std::string& host, Clock::time_point now) {
  const auto found = memory_.find(host);
  if (found != memory_.end() && now < found->second.until) return &found->second.answer;
  const std::scoped_lock lock(shared_->mutex);
  if (!shared_->under_way.try_emplace(host, shared_->last_question + 1).second) return nullptr;
  shared_->questions.emplace_back(host, ++shared_->last_question);
  if (shared_->idle < shared_->questions.size() && shared_->workers < kMostWorkers) {
    ++shared_->workers;
    std::thread(&NameResolver::work, shared_).detach();
  }
  shared_->asked.notify_one();
  return nullptr;
}

void NameResolver::give_up(const std::string& host) {
  const std::scoped_lock lock(shared_->mutex);
  shared_->under_way.erase(host);
}

std::vector<std::pair<std::string, NameAnswer>> NameResolver::take_answers(Clock::time_point now) {
  std::vector<std::pair<std::string, NameAnswer>> answers;
  {
    const std::scoped_lock lock(shared_->mutex);
    answers.swap(shared_->answers);
  }
  for (const auto& [host, answer] : answers) {
    if (memory_.size() >= kMostRemembered)
      std::erase_if(memory_, [&](const auto& item) { return item.second.until <= now; });
    if (memory_.size() >= kMostRemembered) memory_.clear();
    if (answer.error == 0) memory_[host] = {answer, now + kRemember};  // failures are looked up anew
  }
  return answers;
}

void NameResolver::work(const std::shared_ptr<Shared>& shared) {
  std::unique_lock lock(shared->mutex);
  while (!shared->closing) {
    if (shared->questions.empty()) {
      ++shared->idle;
      shared->asked.wait(lock, [&] { return shared->closing || !shared->questions.empty(); });
      --shared->idle;
      continue;
    }
    const auto [host, number] = std::move(shared->questions.front());
    shared->questions.pop_front();
    lock.unlock();
    NameAnswer answer = shared->look_up(host);
    lock.lock();
    const auto asked = shared->under_way.find(host);
    const bool awaited = asked != shared->under_way.end() && asked->second == number;
    if (awaited) shared->under_way.erase(asked);
    // A failure that comes late is not the answer to a question that was put anew.
    if (!awaited && answer.error != 0) continue;
    shared->answers.emplace_back(host, std::move(answer));
    if (!shared->closing) shared->wake();
  }
  --shared->workers;
  shared->left.notify_all();
}

NameAnswer look_up_by_system(const std::string& host) {
  addrinfo hints{};
  hints.ai_family = AF_UNSPEC;
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_ADDRCONFIG;
  addrinfo* list = nullptr;
  NameAnswer answer;
  answer.error = getaddrinfo(host.c_str(), nullptr, &hints, &list);
  if (answer.error != 0) return answer;
  for (const addrinfo* item = list; item != nullptr; item = item->ai_next) {
    if (const auto address = address_of(*item->ai_addr)) answer.addresses.push_back(*address);
  }
  freeaddrinfo(list);
  if (answer.addresses.empty()) answer.error = EAI_NODATA;
  return answer;
}

}  // namespace linkaudit::probes

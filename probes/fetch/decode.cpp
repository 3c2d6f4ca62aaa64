#include "probes/fetch/decode.h"

#include <algorithm>

#include "probes/page/ascii.h"

namespace linkaudit::probes {
namespace {

constexpr std::size_t kMostCodings = 4;
constexpr std::uint64_t kUsualPage = 100'000;
constexpr std::size_t kSlice = 1024;  // of received bytes, so that the ratio is known closely

std::vector<std::string> names_in(std::string_view header) {
  std::vector<std::string> names;
  while (!header.empty()) {
    const auto comma = std::min(header.find(','), header.size());
    std::string name = to_lower(trim(header.substr(0, comma)));
    if (!name.empty() && name != "identity") names.push_back(std::move(name));
    header.remove_prefix(std::min(comma + 1, header.size()));
  }
  return names;
}

}  // namespace

ContentDecoder::ContentDecoder(std::string_view content_encoding, DecodeLimits limits) : limits_(limits) {
  std::vector<std::string> names = names_in(content_encoding);
  coded_ = !names.empty();
  std::ranges::reverse(names);
  for (std::string& name : names) {
    if (stages_.size() == kMostCodings) {
      state_ = State::too_many_codings;
      return;
    }
    auto coding = make_coding(name);
    if (coding == nullptr) {
      state_ = State::unknown_coding;
      coding_ = std::move(name);
      return;
    }
    stages_.push_back({std::move(name), std::move(coding), 0});
  }
}

void ContentDecoder::expect(std::uint64_t received) {
  if (!coded_ && received <= kUsualPage) body_.reserve(std::min<std::size_t>(received, limits_.max_bytes));
}

ContentDecoder::State ContentDecoder::feed(std::string_view received) {
  const std::size_t slice = stages_.empty() ? received.size() : kSlice;
  while (!received.empty() && state_ == State::open) {
    const auto piece = received.substr(0, slice);
    received.remove_prefix(piece.size());
    received_ += piece.size();
    pass(0, piece);
  }
  return state_;
}

ContentDecoder::State ContentDecoder::finish() {
  if (state_ != State::open) return state_;
  for (const Stage& stage : stages_) {
    if (stage.coding->complete()) continue;
    state_ = State::corrupt;
    coding_ = stage.name;
    break;
  }
  return state_;
}

Coding::Result ContentDecoder::pass(std::size_t stage, std::string_view bytes) {
  if (stage == stages_.size()) return keep(bytes) ? Coding::Result::ok : Coding::Result::stopped;
  Stage& current = stages_[stage];
  const auto on = [&](std::string_view decoded) {
    current.made += decoded.size();
    // Of every stage, so that nested codings cannot keep us busy by growing and shrinking again.
    if (current.made > limits_.ratio_from && current.made / limits_.max_ratio > received_) state_ = State::bomb;
    return state_ == State::open && pass(stage + 1, decoded) == Coding::Result::ok;
  };
  const auto result = current.coding->decode(bytes, on);
  if (result == Coding::Result::corrupt && state_ == State::open) {
    state_ = State::corrupt;
    coding_ = current.name;
    error_ = current.coding->error();
  }
  return result;
}

bool ContentDecoder::keep(std::string_view bytes) {
  const std::size_t room = limits_.max_bytes - body_.size();
  body_.append(bytes.substr(0, room));
  if (bytes.size() > room) state_ = State::truncated;
  return state_ == State::open;
}

}  // namespace linkaudit::probes

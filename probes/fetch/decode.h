// Decodes a body by its Content-Encoding while it arrives, within bounds, so that no bomb ever fills memory.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "probes/fetch/codings.h"

namespace linkaudit::probes {

struct DecodeLimits {
  std::size_t max_bytes = 2048 * 1024;   // decoded; what is beyond it is dropped
  std::size_t ratio_from = 1024 * 1024;  // from so many decoded bytes on ...
  std::size_t max_ratio = 100;           // ... more than so many for one received are a bomb
};

class ContentDecoder {
 public:
  enum class State { open, truncated, bomb, corrupt, unknown_coding, too_many_codings };

  // `content_encoding`: the header's value, codings in the order in which they were applied; "" for none.
  ContentDecoder(std::string_view content_encoding, DecodeLimits limits);

  // How much is said to come, so that a page of usual size is moved about less. Beyond that it is not believed.
  void expect(std::uint64_t received);
  // Nothing more is taken in after a state other than open.
  State feed(std::string_view received);
  // After the last byte: corrupt when a stream has not come to its end.
  State finish();

  State state() const { return state_; }
  bool coded() const { return coded_; }                  // some coding was applied
  const std::string& coding() const { return coding_; }  // the one that is unknown or corrupt
  long error() const { return error_; }                  // its library's raw code, 0 for none
  std::string take_body() { return std::move(body_); }

 private:
  Coding::Result pass(std::size_t stage, std::string_view bytes);
  bool keep(std::string_view bytes);

  struct Stage {
    std::string name;
    std::unique_ptr<Coding> coding;
    std::size_t made = 0;  // decoded bytes
  };
  DecodeLimits limits_;
  std::vector<Stage> stages_;  // in the order of decoding
  std::size_t received_ = 0;
  std::string body_, coding_;
  long error_ = 0;
  bool coded_ = false;
  State state_ = State::open;
};

}  // namespace linkaudit::probes

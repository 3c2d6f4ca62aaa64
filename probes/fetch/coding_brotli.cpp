#include <brotli/decode.h>

#include <array>
#include <new>

#include "probes/fetch/codings.h"

namespace linkaudit::probes {
namespace {

struct DestroyDecoder {
  void operator()(BrotliDecoderState* state) const { BrotliDecoderDestroyInstance(state); }
};

class BrotliCoding final : public Coding {
 public:
  BrotliCoding() : state_(BrotliDecoderCreateInstance(nullptr, nullptr, nullptr)) {
    if (!state_) throw std::bad_alloc();
  }

  Result decode(std::string_view in, const ByteSink& out) override {
    if (in.empty() || ended_) return Result::ok;
    fed_ = true;
    auto next_in = reinterpret_cast<const std::uint8_t*>(in.data());
    std::size_t available_in = in.size();
    std::array<char, 32 * 1024> buffer;
    while (true) {
      auto next_out = reinterpret_cast<std::uint8_t*>(buffer.data());
      std::size_t available_out = buffer.size();
      const auto result =
          BrotliDecoderDecompressStream(state_.get(), &available_in, &next_in, &available_out, &next_out, nullptr);
      const std::size_t made = buffer.size() - available_out;
      if (made > 0 && !out({buffer.data(), made})) return Result::stopped;
      if (result == BROTLI_DECODER_RESULT_ERROR) return Result::corrupt;
      ended_ = result == BROTLI_DECODER_RESULT_SUCCESS;
      if (result != BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT) return Result::ok;
    }
  }

  bool complete() const override { return !fed_ || ended_; }
  long error() const override { return BrotliDecoderGetErrorCode(state_.get()); }

 private:
  std::unique_ptr<BrotliDecoderState, DestroyDecoder> state_;
  bool fed_ = false, ended_ = false;
};

}  // namespace

std::unique_ptr<Coding> make_brotli_coding() {
  return std::make_unique<BrotliCoding>();
}

}  // namespace linkaudit::probes

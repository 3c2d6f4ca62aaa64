#include <zstd.h>

#include <array>
#include <new>

#include "probes/fetch/codings.h"

namespace linkaudit::probes {
namespace {

struct FreeStream {
  void operator()(ZSTD_DStream* stream) const { ZSTD_freeDStream(stream); }
};

class ZstdCoding final : public Coding {
 public:
  ZstdCoding() : stream_(ZSTD_createDStream()) {
    if (!stream_) throw std::bad_alloc();
    ZSTD_DCtx_setParameter(stream_.get(), ZSTD_d_windowLogMax, 23);  // 8 MiB, RFC 9659
  }

  Result decode(std::string_view in, const ByteSink& out) override {
    if (in.empty()) return Result::ok;
    fed_ = true;
    ZSTD_inBuffer input{in.data(), in.size(), 0};
    std::array<char, 32 * 1024> buffer;
    while (true) {
      ZSTD_outBuffer output{buffer.data(), buffer.size(), 0};
      const std::size_t result = ZSTD_decompressStream(stream_.get(), &output, &input);
      if (ZSTD_isError(result) != 0) return ended_ ? Result::ok : Result::corrupt;
      if (output.pos > 0 && !out({buffer.data(), output.pos})) return Result::stopped;
      ended_ = result == 0;
      if (input.pos == input.size && output.pos < output.size) return Result::ok;
    }
  }

  bool complete() const override { return !fed_ || ended_; }

 private:
  std::unique_ptr<ZSTD_DStream, FreeStream> stream_;
  bool fed_ = false, ended_ = false;
};

}  // namespace

std::unique_ptr<Coding> make_zstd_coding() {
  return std::make_unique<ZstdCoding>();
}

std::unique_ptr<Coding> make_coding(std::string_view name) {
  if (name == "gzip" || name == "x-gzip") return make_gzip_coding();
  if (name == "deflate") return make_deflate_coding();
  if (name == "br") return make_brotli_coding();
  if (name == "zstd") return make_zstd_coding();
  return nullptr;
}

}  // namespace linkaudit::probes

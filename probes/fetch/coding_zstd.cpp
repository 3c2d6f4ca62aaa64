#include <zstd.h>
#include <zstd_errors.h>

#include <array>
#include <new>
#include <string>

#include "probes/fetch/codings.h"

namespace linkaudit::probes {
namespace {

struct FreeStream {
  void operator()(ZSTD_DStream* stream) const { ZSTD_freeDStream(stream); }
};

constexpr std::size_t kMagicBytes = 4;

// Of a frame, or of one to be skipped (RFC 8878, section 3.1). libzstd would take the formats of before its first
// release, too: decoders that nobody looks after, for bytes that nobody sends in good faith.
bool begins_frame(std::string_view magic) {
  return magic == "\x28\xB5\x2F\xFD" || ((magic[0] & 0xF0) == 0x50 && magic.substr(1) == "\x2A\x4D\x18");
}

class ZstdCoding final : public Coding {
 public:
  ZstdCoding() : stream_(ZSTD_createDStream()) {
    if (!stream_) throw std::bad_alloc();
    ZSTD_DCtx_setParameter(stream_.get(), ZSTD_d_windowLogMax, 23);  // 8 MiB, RFC 9659
  }

  Result decode(std::string_view in, const ByteSink& out) override {
    fed_ = fed_ || !in.empty();
    while (!in.empty() && !over_) {
      if (in_frame_) {
        if (const Result result = decode_frame(in, out); result != Result::ok) return result;
        continue;
      }
      const auto taken = in.substr(0, kMagicBytes - magic_.size());
      magic_ += taken;
      in.remove_prefix(taken.size());
      if (magic_.size() < kMagicBytes) break;
      in_frame_ = begins_frame(magic_);
      if (!in_frame_ && !ended_) {
        error_ = ZSTD_error_prefix_unknown;  // as libzstd calls it
        return Result::corrupt;
      }
      over_ = !in_frame_;
      std::string_view begin = magic_;
      if (in_frame_ && decode_frame(begin, out) != Result::ok) return Result::corrupt;
      magic_.clear();
    }
    return Result::ok;
  }

  bool complete() const override { return !fed_ || (ended_ && !in_frame_); }
  long error() const override { return error_; }

 private:
  // Takes off what belongs to the frame.
  Result decode_frame(std::string_view& in, const ByteSink& out) {
    ZSTD_inBuffer input{in.data(), in.size(), 0};
    std::array<char, 32 * 1024> buffer;
    while (true) {
      ZSTD_outBuffer output{buffer.data(), buffer.size(), 0};
      const std::size_t result = ZSTD_decompressStream(stream_.get(), &output, &input);
      if (ZSTD_isError(result) != 0) {
        error_ = ZSTD_getErrorCode(result);
        return Result::corrupt;
      }
      if (output.pos > 0 && !out({buffer.data(), output.pos})) return Result::stopped;
      in_frame_ = result != 0;
      if (!in_frame_ || (input.pos == input.size && output.pos < output.size)) break;
    }
    ended_ = ended_ || !in_frame_;
    in.remove_prefix(input.pos);
    return Result::ok;
  }

  std::unique_ptr<ZSTD_DStream, FreeStream> stream_;
  long error_ = 0;
  std::string magic_;  // of the frame that may come next, as far as it has come
  bool fed_ = false, in_frame_ = false;
  bool ended_ = false;  // one frame, at least
  bool over_ = false;   // something else than a frame came behind: it is ignored
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

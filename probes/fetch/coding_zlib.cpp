#include <zlib.h>

#include <array>
#include <new>
#include <string>

#include "probes/fetch/codings.h"

namespace linkaudit::probes {
namespace {

constexpr int kGzip = 16 + MAX_WBITS, kZlib = MAX_WBITS, kRaw = -MAX_WBITS;

class ZlibCoding final : public Coding {
 public:
  explicit ZlibCoding(bool gzip) : gzip_(gzip) {
    if (gzip_) begin(kGzip);
  }
  ~ZlibCoding() override {
    if (begun_) inflateEnd(&stream_);
  }
  ZlibCoding(const ZlibCoding&) = delete;
  ZlibCoding& operator=(const ZlibCoding&) = delete;

  Result decode(std::string_view in, const ByteSink& out) override {
    if (in.empty()) return Result::ok;
    fed_ = true;
    if (begun_) return inflate_all(in, out);
    // "deflate" means zlib's format; some servers send it raw. The first two bytes tell.
    first_ += in;
    if (first_.size() < 2) return Result::ok;
    const auto byte0 = static_cast<unsigned char>(first_[0]), byte1 = static_cast<unsigned char>(first_[1]);
    begin((byte0 & 15) == 8 && (byte0 * 256 + byte1) % 31 == 0 ? kZlib : kRaw);
    return inflate_all(first_, out);
  }

  bool complete() const override { return !fed_ || ended_; }
  long error() const override { return error_; }

 private:
  void begin(int window_bits) {
    if (inflateInit2(&stream_, window_bits) != Z_OK) throw std::bad_alloc();
    begun_ = true;
  }

  Result inflate_all(std::string_view in, const ByteSink& out) {
    stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(in.data()));
    stream_.avail_in = static_cast<uInt>(in.size());
    std::array<char, 32 * 1024> buffer;
    while (true) {
      if (ended_) {
        // Another gzip member may follow; anything else after the end is ignored, as browsers do, and all behind it.
        if (stream_.avail_in == 0) return Result::ok;
        over_ = over_ || !gzip_ || *stream_.next_in != 0x1f;
        if (over_) return Result::ok;
        inflateReset(&stream_);
        ended_ = false;
      }
      stream_.next_out = reinterpret_cast<Bytef*>(buffer.data());
      stream_.avail_out = static_cast<uInt>(buffer.size());
      const int code = inflate(&stream_, Z_NO_FLUSH);
      if (code != Z_OK && code != Z_STREAM_END && code != Z_BUF_ERROR) {
        error_ = code;
        return Result::corrupt;
      }
      const std::size_t made = buffer.size() - stream_.avail_out;
      if (made > 0 && !out({buffer.data(), made})) return Result::stopped;
      ended_ = code == Z_STREAM_END;
      if (!ended_ && stream_.avail_in == 0 && stream_.avail_out > 0) return Result::ok;
      if (!ended_ && made == 0 && code == Z_BUF_ERROR) return Result::ok;
    }
  }

  bool gzip_;
  bool begun_ = false, fed_ = false, ended_ = false;
  bool over_ = false;  // something else than a member came after the end
  long error_ = 0;
  std::string first_;
  z_stream stream_{};
};

}  // namespace

std::unique_ptr<Coding> make_gzip_coding() {
  return std::make_unique<ZlibCoding>(true);
}
std::unique_ptr<Coding> make_deflate_coding() {
  return std::make_unique<ZlibCoding>(false);
}

}  // namespace linkaudit::probes

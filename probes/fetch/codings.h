// One content coding of RFC 9110 section 8.4.1, decoded as its bytes arrive.
#pragma once

#include <functional>
#include <memory>
#include <string_view>

namespace linkaudit::probes {

// Takes decoded bytes; false: no more are wanted.
using ByteSink = std::function<bool(std::string_view)>;

class Coding {
 public:
  enum class Result { ok, stopped, corrupt };

  virtual ~Coding() = default;
  // Hands on what `in` decodes to, in pieces of at most 32 KiB.
  virtual Result decode(std::string_view in, const ByteSink& out) = 0;
  // The stream has come to its end, or never began.
  virtual bool complete() const = 0;
  // The library's raw code of what is corrupt; 0 when it has not said so.
  virtual long error() const = 0;
};

// gzip and x-gzip (several members too), deflate (zlib or raw), br, zstd, in lower case. nullptr for any other.
std::unique_ptr<Coding> make_coding(std::string_view name);

// Each in the file of its library.
std::unique_ptr<Coding> make_gzip_coding();
std::unique_ptr<Coding> make_deflate_coding();
std::unique_ptr<Coding> make_brotli_coding();
std::unique_ptr<Coding> make_zstd_coding();

}  // namespace linkaudit::probes

// What zlib makes of a text, for servers and decoders of tests.
#pragma once

#include <zlib.h>

#include <string>
#include <string_view>

namespace linkaudit::probes {

// `window_bits` as zlib has them: 16 + 15 gzip, 15 zlib, -15 raw.
inline std::string zlib_coded(std::string_view text, int window_bits) {
  z_stream stream{};
  deflateInit2(&stream, 9, Z_DEFLATED, window_bits, 9, Z_DEFAULT_STRATEGY);
  std::string out(deflateBound(&stream, text.size()) + 64, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

inline std::string gzipped(std::string_view text) {
  return zlib_coded(text, 16 + 15);
}

}  // namespace linkaudit::probes

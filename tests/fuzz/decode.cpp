// Content codings. Input: the Content-Encoding on the first line, then what is received. "coded " before the header's
// value asks that the rest be taken as content, coded by us, and come back.
#include "probes/fetch/decode.h"

#include <brotli/encode.h>
#include <zlib.h>
#include <zstd.h>

#include "tests/fuzz/harness.h"
#include "tests/fuzz/harnesses.h"

namespace linkaudit::fuzz {
namespace {

using probes::ContentDecoder;
using probes::DecodeLimits;
using State = ContentDecoder::State;

// Small, so that inputs of a few bytes come to the bounds.
constexpr DecodeLimits kLimits{.max_bytes = 64 * 1024, .ratio_from = 16 * 1024, .max_ratio = 100};

struct Decoded {
  State state;
  std::string body;
};

Decoded decoded(std::string_view header, std::string_view received, std::size_t step) {
  ContentDecoder decoder(header, kLimits);
  for (std::size_t at = 0; at < received.size(); at += step) {
    const State state = decoder.feed(received.substr(at, step));
    require(state == decoder.state(), "the state is what feed() said");
  }
  const State before = decoder.state();
  const State end = decoder.finish();
  require(before == State::open || end == before, "a state other than open is the last");
  require(end != State::unknown_coding || !decoder.coding().empty(), "an unknown coding is named");
  require(end != State::corrupt || decoder.coded(), "what has no coding is never corrupt");
  return {end, decoder.take_body()};
}

std::string by_zlib(std::string_view content, int window_bits) {
  z_stream stream{};
  deflateInit2(&stream, 6, Z_DEFLATED, window_bits, 8, Z_DEFAULT_STRATEGY);
  std::string out(deflateBound(&stream, content.size()) + 64, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(content.data()));
  stream.avail_in = static_cast<uInt>(content.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

std::string by_brotli(std::string_view content) {
  std::size_t size = BrotliEncoderMaxCompressedSize(content.size()) + 64;
  std::string out(size, '\0');
  BrotliEncoderCompress(3, 18, BROTLI_MODE_TEXT, content.size(), reinterpret_cast<const std::uint8_t*>(content.data()),
                        &size, reinterpret_cast<std::uint8_t*>(out.data()));
  out.resize(size);
  return out;
}

std::string by_zstd(std::string_view content) {
  std::string out(ZSTD_compressBound(content.size()), '\0');
  out.resize(ZSTD_compress(out.data(), out.size(), content.data(), content.size(), 1));
  return out;
}

void check_round_trip(std::string_view header, std::string_view content) {
  std::string received;
  if (header == "gzip") received = by_zlib(content, 16 + 15);
  if (header == "deflate") received = by_zlib(content, content.size() % 2 == 0 ? 15 : -15);
  if (header == "br") received = by_brotli(content);
  if (header == "zstd") received = by_zstd(content);
  if (received.empty()) return;
  const Decoded result = decoded(header, received, 1 + content.size() % 7);
  if (content.size() > kLimits.ratio_from) return;  // may be a bomb
  require(result.state == State::open, "what was coded well is decoded");
  require_same(result.body, content, "what was coded comes back");
}

}  // namespace

void decode(std::string_view input) {
  std::string_view header = take_line(input);
  if (header.starts_with("coded ")) return check_round_trip(header.substr(6), input);
  const Decoded whole = decoded(header, input, input.size() + 1);
  require(whole.body.size() <= kLimits.max_bytes, "a body stays within its bound");
  const Decoded pieces = decoded(header, input, 1);
  require(pieces.body.size() <= kLimits.max_bytes, "a body stays within its bound");
  if (whole.state != State::open) return;  // what came before an end depends on when it shows
  require(pieces.state == State::open, "how the bytes arrive changes no state");
  require_same(pieces.body, whole.body, "how the bytes arrive changes nothing");
}

}  // namespace linkaudit::fuzz

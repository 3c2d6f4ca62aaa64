#include "probes/fetch/decode.h"

#include <brotli/encode.h>
#include <gtest/gtest.h>
#include <zstd.h>

#include "tests/probes/fetch/zlib_coded.h"

namespace linkaudit::probes {
namespace {

using State = ContentDecoder::State;

std::string coded(std::string_view name, std::string_view text) {
  if (name == "gzip" || name == "x-gzip") return zlib_coded(text, 16 + 15);
  if (name == "deflate") return zlib_coded(text, 15);
  if (name == "raw") return zlib_coded(text, -15);
  if (name == "br") {
    std::size_t size = BrotliEncoderMaxCompressedSize(text.size()) + 64;
    std::string out(size, '\0');
    BrotliEncoderCompress(6, 22, BROTLI_MODE_TEXT, text.size(), reinterpret_cast<const std::uint8_t*>(text.data()),
                          &size, reinterpret_cast<std::uint8_t*>(out.data()));
    out.resize(size);
    return out;
  }
  std::string out(ZSTD_compressBound(text.size()), '\0');
  out.resize(ZSTD_compress(out.data(), out.size(), text.data(), text.size(), 3));
  return out;
}

struct Decoded {
  State state;
  std::string body;
};

// In pieces of `step` bytes, as a network would bring them.
Decoded decode(std::string_view header, std::string_view received, std::size_t step, DecodeLimits limits = {}) {
  ContentDecoder decoder(header, limits);
  for (std::size_t at = 0; at < received.size(); at += step) decoder.feed(received.substr(at, step));
  const State state = decoder.finish();
  return {state, decoder.take_body()};
}

std::string page() {
  std::string text;
  for (int i = 0; i < 5000; ++i) text += "<p>商品 " + std::to_string(i * 7919) + "</p>\n";
  return text;
}

TEST(Decode, EveryCodingInPiecesOfEverySize) {
  const std::string text = page();
  for (const std::string name : {"gzip", "x-gzip", "deflate", "raw", "br", "zstd"}) {
    const std::string received = coded(name, text);
    for (const std::size_t step : {std::size_t{1}, std::size_t{7}, std::size_t{1500}, received.size()}) {
      const Decoded result = decode(name == "raw" ? "deflate" : name, received, step);
      EXPECT_EQ(result.state, State::open) << name << " by " << step;
      EXPECT_EQ(result.body, text) << name << " by " << step;
    }
  }
}

TEST(Decode, NestedCodingsAreUndoneFromTheLast) {
  const std::string text = page();
  const std::string received = coded("zstd", coded("br", coded("gzip", text)));
  EXPECT_EQ(decode("gzip, BR , identity,zstd", received, 1000).body, text);
  EXPECT_EQ(decode("zstd, br, gzip", received, 1000).state, State::corrupt);
}

TEST(Decode, NoCodingPassesThrough) {
  for (const char* header : {"", "identity", " Identity , "}) {
    const Decoded result = decode(header, "plain", 2);
    EXPECT_EQ(result.state, State::open);
    EXPECT_EQ(result.body, "plain");
  }
}

TEST(Decode, EmptyBodyIsNoError) {
  for (const char* header : {"gzip", "deflate", "br", "zstd", "gzip, br"}) {
    EXPECT_EQ(decode(header, "", 1).state, State::open) << header;
  }
}

TEST(Decode, SeveralGzipMembersAreOneBody) {
  EXPECT_EQ(decode("gzip", coded("gzip", "one") + coded("gzip", "two"), 5).body, "onetwo");
  for (const std::size_t step : {1U, 5U, 100U}) {
    EXPECT_EQ(decode("gzip", coded("gzip", "one") + "trailing rubbish", step).body, "one") << step;
    const Decoded late = decode("gzip", coded("gzip", "one") + "rubbish" + coded("gzip", "two"), step);
    EXPECT_EQ(late.body, "one") << step;
    EXPECT_EQ(late.state, State::open) << step;
  }
}

TEST(Decode, SeveralZstdFramesAreOneBody) {
  const std::string skipped("\x5A\x2A\x4D\x18\x03\0\0\0abc", 11);
  for (const std::size_t step : {1U, 5U, 100U}) {
    EXPECT_EQ(decode("zstd", skipped + coded("zstd", "one") + skipped + coded("zstd", "two"), step).body, "onetwo");
    for (const char* rubbish : {"t", "trailing rubbish", "\x28\xB5\x2F"}) {
      const Decoded result = decode("zstd", coded("zstd", "one") + rubbish, step);
      EXPECT_EQ(result.body, "one") << rubbish;
      EXPECT_EQ(result.state, State::open) << rubbish;
    }
  }
}

TEST(Decode, ZstdOfBeforeItsFirstReleaseIsCorrupt) {
  for (char version = 0x22; version < 0x28; ++version) {
    const std::string old = std::string(1, version) + std::string("\xB5\x2F\xFD\0\0\0\x04\x84", 8);
    for (const std::size_t step : {1U, 100U}) EXPECT_EQ(decode("zstd", old, step).state, State::corrupt);
  }
}

TEST(Decode, CorruptBodiesAreNamed) {
  const std::string text = page();
  for (const std::string name : {"gzip", "deflate", "br", "zstd"}) {
    const std::string whole = coded(name, text);
    EXPECT_EQ(decode(name, whole.substr(0, whole.size() / 2), 100).state, State::corrupt) << name << " cut";
    EXPECT_EQ(decode(name, "<html>this is not coded at all</html>", 100).state, State::corrupt) << name << " plain";
    std::string bent = whole;
    for (std::size_t i = 20; i < 60; ++i) bent[i] = static_cast<char>(~bent[i]);
    EXPECT_NE(decode(name, bent, 100).body, text) << name << " bent";
  }
}

TEST(Decode, UnknownCodingIsNamed) {
  ContentDecoder decoder("gzip, compress", {});
  EXPECT_EQ(decoder.feed("x"), State::unknown_coding);
  EXPECT_EQ(decoder.coding(), "compress");
  EXPECT_EQ(decode("gzip, gzip, gzip, gzip, gzip", "x", 1).state, State::too_many_codings);
}

TEST(Decode, LongBodyIsCutAtTheBound) {
  const std::string text = page();
  for (const std::string name : {"", "gzip", "br", "zstd"}) {
    DecodeLimits limits;
    limits.max_bytes = 1000;
    const Decoded result = decode(name, name.empty() ? text : coded(name, text), 512, limits);
    EXPECT_EQ(result.state, State::truncated) << name;
    EXPECT_EQ(result.body, text.substr(0, 1000)) << name;
  }
}

TEST(Decode, BodyAsLongAsTheBoundIsWhole) {
  DecodeLimits limits;
  limits.max_bytes = 1000;
  const std::string text(1000, 'x');
  EXPECT_EQ(decode("", text, 100, limits).state, State::open);
  EXPECT_EQ(decode("gzip", coded("gzip", text), 100, limits).state, State::open);
}

TEST(Decode, BombsAreStoppedAndMemoryStaysSmall) {
  const std::string zeros(64 * 1024 * 1024, '\0');
  for (const std::string name : {"gzip", "deflate", "raw", "br", "zstd"}) {
    const Decoded result = decode(name == "raw" ? "deflate" : name, coded(name, zeros), 16 * 1024);
    EXPECT_EQ(result.state, State::bomb) << name;
    EXPECT_LE(result.body.size(), 2048U * 1024) << name;
  }
  const std::string twice = coded("gzip", coded("gzip", zeros));
  EXPECT_EQ(decode("gzip, gzip", twice, 16 * 1024).state, State::bomb);
}

TEST(Decode, StageThatGrowsAndShrinksAgainIsABomb) {
  // Many empty gzip members: they compress well and decode to nothing.
  std::string members;
  const std::string empty = coded("gzip", "");
  while (members.size() < 8 * 1024 * 1024) members += empty;
  EXPECT_EQ(decode("gzip, br", coded("br", members), 4096).state, State::bomb);
}

TEST(Decode, RatioBelowAHundredIsNoBombHoweverLongThePage) {
  // Each byte of noise stands for about eighty of the page.
  std::string text;
  for (std::uint32_t noise = 1; text.size() < 4 * 1024 * 1024;) {
    for (int i = 0; i < 4; ++i) text += static_cast<char>((noise = noise * 1664525 + 1013904223) >> 24);
    text.append(200, 'x');
  }
  const std::string received = coded("gzip", text);
  ASSERT_LT(received.size() * 20, text.size());
  EXPECT_GT(received.size() * 90, text.size());
  const Decoded result = decode("gzip", received, 4096);
  EXPECT_EQ(result.state, State::truncated);
  EXPECT_EQ(result.body.size(), 2048U * 1024);
}

TEST(Decode, WellCompressedPageUnderAMebibyteIsNoBomb) {
  const std::string text(1000 * 1000, 'x');
  EXPECT_EQ(decode("gzip", coded("gzip", text), 4096).state, State::open);
}

}  // namespace
}  // namespace linkaudit::probes

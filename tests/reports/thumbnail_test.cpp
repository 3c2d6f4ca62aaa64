// Small pictures of pictures, and pictures that are none.
#include "reports/thumbnail.h"

#include <gtest/gtest.h>
#include <png.h>
#include <turbojpeg.h>
#include <zlib.h>

#include <array>
#include <cstring>
#include <memory>
#include <vector>

namespace linkaudit::reports {
namespace {

using Colour = std::array<std::uint8_t, 3>;
constexpr Colour kRed = {200, 16, 16}, kBlue = {16, 16, 200};

// Red on the left half, blue on the right.
std::vector<std::uint8_t> halves(PixelSize size) {
  std::vector<std::uint8_t> pixels;
  for (int y = 0; y < size.height; ++y) {
    for (int x = 0; x < size.width; ++x) {
      const Colour& colour = x < size.width / 2 ? kRed : kBlue;
      pixels.insert(pixels.end(), colour.begin(), colour.end());
    }
  }
  return pixels;
}

std::string png_of(PixelSize size) {
  png_image image = {};
  image.version = PNG_IMAGE_VERSION;
  image.width = static_cast<png_uint_32>(size.width);
  image.height = static_cast<png_uint_32>(size.height);
  image.format = PNG_FORMAT_RGB;
  const auto pixels = halves(size);
  png_alloc_size_t bytes = 0;
  png_image_write_to_memory(&image, nullptr, &bytes, 0, pixels.data(), 0, nullptr);
  std::string png(bytes, '\0');
  png_image_write_to_memory(&image, png.data(), &bytes, 0, pixels.data(), 0, nullptr);
  png.resize(bytes);
  return png;
}

std::string jpeg_of(PixelSize size) {
  const std::unique_ptr<void, int (*)(tjhandle)> encoder(tjInitCompress(), tjDestroy);
  unsigned char* bytes = nullptr;
  unsigned long length = 0;
  const auto pixels = halves(size);
  tjCompress2(encoder.get(), pixels.data(), size.width, 0, size.height, TJPF_RGB, &bytes, &length, TJSAMP_444, 95, 0);
  std::string jpeg(reinterpret_cast<const char*>(bytes), length);
  tjFree(bytes);
  return jpeg;
}

struct Read {
  PixelSize size;
  Colour left{}, right{};
};

Read read(const std::string& png) {
  png_image image = {};
  image.version = PNG_IMAGE_VERSION;
  EXPECT_NE(png_image_begin_read_from_memory(&image, png.data(), png.size()), 0);
  image.format = PNG_FORMAT_RGB;
  std::vector<std::uint8_t> pixels(PNG_IMAGE_SIZE(image));
  EXPECT_NE(png_image_finish_read(&image, nullptr, pixels.data(), 0, nullptr), 0);
  Read found{{static_cast<int>(image.width), static_cast<int>(image.height)}};
  std::memcpy(found.left.data(), pixels.data(), 3);
  std::memcpy(found.right.data(), pixels.data() + (std::size_t{image.width} - 1) * 3, 3);
  return found;
}

bool near(const Colour& left, const Colour& right) {
  for (std::size_t i = 0; i < left.size(); ++i) {
    if (std::abs(int{left[i]} - int{right[i]}) > 8) return false;
  }
  return true;
}

TEST(Thumbnail, FitsTheLimitKeepsProportionsAndColours) {
  struct Case {
    PixelSize original, small;
  };
  const Case cases[] = {
      {{1170, 2532}, {55, 120}}, {{2000, 1000}, {160, 80}}, {{100, 60}, {100, 60}}, {{3000, 2}, {160, 1}}};
  for (const auto& [original, small] : cases) {
    for (const std::string& picture : {png_of(original), jpeg_of(original)}) {
      const auto made = thumbnail(picture, {160, 120});
      ASSERT_TRUE(made);
      const Read seen = read(*made);
      EXPECT_EQ(seen.size.width, small.width);
      EXPECT_EQ(seen.size.height, small.height);
      EXPECT_TRUE(near(seen.left, kRed) && near(seen.right, kBlue)) << original.width;
      EXPECT_EQ(made, thumbnail(picture, {160, 120}));
    }
  }
}

TEST(Thumbnail, OfWhatIsNoPictureThereIsNone) {
  const std::string png = png_of({40, 40}), jpeg = jpeg_of({40, 40});
  for (const std::string& bytes :
       {std::string(), std::string("<svg/>"), png.substr(0, png.size() / 2), jpeg.substr(0, 60), png.substr(0, 20)}) {
    EXPECT_FALSE(thumbnail(bytes, {160, 120})) << bytes.size();
  }
}

TEST(Thumbnail, OfAPictureThatClaimsToBeHugeThereIsNone) {
  std::string png = png_of({40, 40});
  for (const std::size_t at : {std::size_t{16}, std::size_t{20}}) std::memcpy(&png[at], "\0\0\xEA\x60", 4);  // 60,000
  const auto sum = crc32(0, reinterpret_cast<const Bytef*>(&png[12]), 17);
  for (int i = 0; i < 4; ++i) png[29 + static_cast<std::size_t>(i)] = static_cast<char>(sum >> (24 - 8 * i));
  EXPECT_FALSE(thumbnail(png, {160, 120}));
  std::string jpeg = jpeg_of({40, 40});
  const std::size_t frame = jpeg.find("\xFF\xC0");
  ASSERT_NE(frame, std::string::npos);
  std::memcpy(&jpeg[frame + 5], "\xEA\x60\xEA\x60", 4);
  EXPECT_FALSE(thumbnail(jpeg, {160, 120}));
}

}  // namespace
}  // namespace linkaudit::reports

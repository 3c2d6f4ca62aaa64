#include "reports/thumbnail.h"

#include <png.h>
#include <turbojpeg.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <memory>
#include <vector>

namespace linkaudit::reports {
namespace {

constexpr std::int64_t most_pixels = 64'000'000;
constexpr std::size_t channels = 3;

struct Pixels {
  PixelSize size;
  std::vector<std::uint8_t> bytes;  // red, green, blue; row by row from the top
};

bool is_acceptable(PixelSize size) {
  return size.width > 0 && size.height > 0 && std::int64_t{size.width} * size.height <= most_pixels;
}

Pixels room_for(PixelSize size) {
  return {size, std::vector<std::uint8_t>(static_cast<std::size_t>(size.width) * static_cast<std::size_t>(size.height) *
                                          channels)};
}

std::optional<Pixels> from_png(const std::string& picture) {
  png_image image = {};
  image.version = PNG_IMAGE_VERSION;
  if (png_image_begin_read_from_memory(&image, picture.data(), picture.size()) == 0) return std::nullopt;
  const std::unique_ptr<png_image, void (*)(png_image*)> freed(&image, png_image_free);
  if (image.width > 65535 || image.height > 65535) return std::nullopt;
  const PixelSize size{static_cast<int>(image.width), static_cast<int>(image.height)};
  if (!is_acceptable(size)) return std::nullopt;
  image.format = PNG_FORMAT_RGB;
  Pixels pixels = room_for(size);
  const png_color white = {255, 255, 255};
  if (png_image_finish_read(&image, &white, pixels.bytes.data(), 0, nullptr) == 0) return std::nullopt;
  return pixels;
}

// The smallest of the sizes that the decoder can scale to and that is not below the limit.
PixelSize decoded_size(PixelSize size, PixelSize limit) {
  int count = 0;
  const tjscalingfactor* factors = tjGetScalingFactors(&count);
  PixelSize best = size;
  for (int i = 0; i < count; ++i) {
    const PixelSize scaled{TJSCALED(size.width, factors[i]), TJSCALED(size.height, factors[i])};
    const bool enough =
        scaled.width >= std::min(limit.width, size.width) && scaled.height >= std::min(limit.height, size.height);
    if (enough && scaled.width < best.width) best = scaled;
  }
  return best;
}

std::optional<Pixels> from_jpeg(const std::string& picture, PixelSize limit) {
  const std::unique_ptr<void, int (*)(tjhandle)> decoder(tjInitDecompress(), tjDestroy);
  const auto* bytes = reinterpret_cast<const unsigned char*>(picture.data());
  PixelSize size;
  int sampling = 0, colours = 0;
  if (tjDecompressHeader3(decoder.get(), bytes, picture.size(), &size.width, &size.height, &sampling, &colours) != 0 ||
      !is_acceptable(size)) {
    return std::nullopt;
  }
  Pixels pixels = room_for(decoded_size(size, limit));
  const bool read = tjDecompress2(decoder.get(), bytes, picture.size(), pixels.bytes.data(), pixels.size.width, 0,
                                  pixels.size.height, TJPF_RGB, TJFLAG_STOPONWARNING | TJFLAG_LIMITSCANS) == 0;
  return read ? std::optional(std::move(pixels)) : std::nullopt;
}

PixelSize fitted(PixelSize size, PixelSize limit) {
  const double scale = std::min({1.0, double(limit.width) / size.width, double(limit.height) / size.height});
  return {std::max(1, static_cast<int>(std::lround(size.width * scale))),
          std::max(1, static_cast<int>(std::lround(size.height * scale)))};
}

// Each pixel is the mean of those it stands for.
Pixels shrunk(const Pixels& from, PixelSize size) {
  Pixels to = room_for(size);
  const auto part = [](int index, int parts, int whole) {
    return static_cast<int>(std::int64_t{index} * whole / parts);
  };
  std::size_t place = 0;
  for (int y = 0; y < size.height; ++y) {
    const int top = part(y, size.height, from.size.height);
    const int bottom = std::max(top + 1, part(y + 1, size.height, from.size.height));
    for (int x = 0; x < size.width; ++x) {
      const int left = part(x, size.width, from.size.width);
      const int right = std::max(left + 1, part(x + 1, size.width, from.size.width));
      std::uint64_t sums[channels] = {};
      for (int row = top; row < bottom; ++row) {
        const std::uint8_t* pixel =
            from.bytes.data() + (static_cast<std::size_t>(row) * static_cast<std::size_t>(from.size.width) +
                                 static_cast<std::size_t>(left)) *
                                    channels;
        for (int column = left; column < right; ++column, pixel += channels) {
          for (std::size_t c = 0; c < channels; ++c) sums[c] += pixel[c];
        }
      }
      const auto count = static_cast<std::uint64_t>(bottom - top) * static_cast<std::uint64_t>(right - left);
      for (const std::uint64_t sum : sums) to.bytes[place++] = static_cast<std::uint8_t>(sum / count);
    }
  }
  return to;
}

std::optional<std::string> as_png(const Pixels& pixels) {
  png_image image = {};
  image.version = PNG_IMAGE_VERSION;
  image.width = static_cast<png_uint_32>(pixels.size.width);
  image.height = static_cast<png_uint_32>(pixels.size.height);
  image.format = PNG_FORMAT_RGB;
  png_alloc_size_t bytes = 0;
  if (png_image_write_to_memory(&image, nullptr, &bytes, 0, pixels.bytes.data(), 0, nullptr) == 0) return std::nullopt;
  std::string png(bytes, '\0');
  if (png_image_write_to_memory(&image, png.data(), &bytes, 0, pixels.bytes.data(), 0, nullptr) == 0)
    return std::nullopt;
  png.resize(bytes);
  return png;
}

}  // namespace

std::optional<std::string> thumbnail(const std::string& picture, PixelSize limit) {
  auto pixels = picture.starts_with("\xFF\xD8") ? from_jpeg(picture, limit) : from_png(picture);
  if (!pixels) return std::nullopt;
  return as_png(shrunk(*pixels, fitted(pixels->size, limit)));
}

}  // namespace linkaudit::reports

// How texts are kept small on disk: zstd, with a dictionary for the short records and facts that are all alike.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace linkaudit::log {

class Packer {
 public:
  // `dictionary` is what the database holds; it was made by new_dictionary() of the program that made the database.
  explicit Packer(std::string_view dictionary);
  Packer(Packer&&) noexcept;
  Packer& operator=(Packer&&) noexcept;
  ~Packer();

  // One zstd frame. `unpack` throws std::runtime_error when the bytes are none of ours.
  std::string pack(std::string_view text);
  std::string unpack(std::string_view packed);

  // The same without the dictionary, after another text: only what differs from that takes room. `unpack_after` needs
  // that text again, to the byte.
  std::string pack_after(std::string_view before, std::string_view text);
  std::string unpack_after(std::string_view before, std::string_view packed);

 private:
  struct Contexts;
  std::unique_ptr<Contexts> contexts_;
};

// Content for the dictionary of a new database: what records and facts have in common.
std::string new_dictionary();

}  // namespace linkaudit::log

// The mask of header blocks, which are much the same from request to request.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace linkaudit::run {

// Masks header blocks (with their request or status lines): parameters, and the values of Cookie, Set-Cookie and all
// fields that hold credentials (probes/fetch/credential_fields.h). Names of cookies and what bounds them stay.
// Remembers lines that it has masked, a bounded number: for one thread, in memory alone.
class HeadMask {
 public:
  explicit HeadMask(std::vector<std::string> parameters) : parameters_(std::move(parameters)) {}

  std::string operator()(std::string_view head);

  const std::vector<std::string>& parameters() const { return parameters_; }

 private:
  enum class Field { open, challenge, credentials, cookies, set_cookie };
  struct Line {
    Field field = Field::open;
    std::string masked;
  };
  struct Hash : std::hash<std::string_view> {
    using is_transparent = void;
  };

  static Field field_named(std::string_view name);
  std::string value(std::string_view value, Field field) const;
  const Line& field_line(std::string_view line, std::size_t colon, std::size_t end);

  std::vector<std::string> parameters_;
  std::unordered_map<std::string, Line, Hash, std::equal_to<>> known_;
};

}  // namespace linkaudit::run

// Data under flat names: {"btns": [{"url": "x"}]} under "cgiData" gives "cgiData.btns.0.url" -> "x".
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "probes/page/inline_data.h"

namespace linkaudit::probes {

// Told of a value's parts in order. HTML character references in strings are decoded, twice where they were encoded
// twice, as WeChat's pages do. At most 16 levels, 2,000 names, 8 KiB a value; what goes beyond is left out.
class JsonNames {
 public:
  explicit JsonNames(std::string name) : path_(std::move(name)) {}

  void start(bool array);
  void key(std::string_view key);
  void end();
  void string(std::string_view value);
  void plain(std::string_view value);  // a number, true, false, "" for null

  // Where a value begins; and back to there, as if that value had not been said. In a list its place stays empty.
  struct Mark {
    std::size_t found = 0, index = 0;
  };
  Mark mark() const;
  void drop_value(const Mark& begin);

  const InlineData& found() const { return found_; }

 private:
  struct Level {
    bool array = false;
    std::size_t index = 0;
    std::string key;
    std::size_t path_size = 0;  // of the name that leads here
  };
  bool kept() const;
  std::string_view name_of_next();

  std::string path_;
  std::string name_;  // the room for name_of_next()
  std::vector<Level> levels_;
  std::size_t beyond_ = 0;  // levels that go too deep
  InlineData found_;
};

}  // namespace linkaudit::probes

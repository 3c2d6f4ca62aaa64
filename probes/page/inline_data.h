// The data that a page's scripts carry, under flat names: "cgiData.type" -> "block".
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace linkaudit::probes {

// Hundreds of values a page, of which hardly one is ever asked for: all texts stand in one string, and are put in order
// when all were said. A plain value.
class InlineData {
 public:
  static constexpr std::size_t kMostNames = 2000;

  // A name that was said before has the new value; of new names the first kMostNames are taken.
  void add(std::string_view name, std::string_view value);
  // The same of all that `other` holds.
  void add_all(const InlineData& other);
  // Of what was added only the first `count` stays; more than kMostNames must not have been added.
  void forget_behind(std::size_t count);
  // To be called behind the last: what follows asks for what was said until then.
  void settle();

  // Valid until something is added.
  std::optional<std::string_view> find(std::string_view name) const;

  // In the order of names.
  template <typename Each>  // (name, value)
  void for_each(Each each) const {
    for (const Entry& entry : entries_) each(name_of(entry), value_of(entry));
  }

  std::size_t size() const { return entries_.size(); }
  bool full() const { return size() >= kMostNames; }
  std::size_t bytes() const { return texts_.size() + entries_.size() * sizeof(Entry); }

  bool operator==(const InlineData&) const = default;

 private:
  struct Entry {
    std::uint32_t at = 0, name_size = 0, value_size = 0;  // in texts_: the name, and behind it the value

    bool operator==(const Entry&) const = default;
  };

  std::string_view name_of(const Entry& entry) const { return {texts_.data() + entry.at, entry.name_size}; }
  std::string_view value_of(const Entry& entry) const {
    return {texts_.data() + entry.at + entry.name_size, entry.value_size};
  }

  std::string texts_;
  std::vector<Entry> entries_;  // as they were said; settled: by name, each once
};

}  // namespace linkaudit::probes

// Many patterns looked for in one pass.
#pragma once

#include <re2/re2.h>
#include <re2/set.h>

#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace linkaudit::probes {

// RE2 patterns and plain phrases, compiled together; each has a number. Immutable after compile(); then any number of
// threads may match at once.
class PatternSet {
 public:
  PatternSet();

  // The pattern's number; one that was added before keeps it. `owner` is named when the pattern is bad: throws
  // std::invalid_argument.
  int add(const std::string& pattern, const std::string& owner);
  int add_phrase(const std::string& phrase, const std::string& owner);
  void compile();

  // Which of the patterns are found in any of the texts, by number.
  std::vector<bool> match(std::initializer_list<std::string_view> texts) const;
  // One of them alone.
  bool find(int number, std::string_view text) const;

 private:
  void match_into(std::string_view text, std::vector<bool>& found) const;

  std::unique_ptr<re2::RE2::Set> set_;
  std::vector<std::unique_ptr<re2::RE2>> single_;  // by itself; also where the set runs out of its memory budget
  std::vector<std::string> phrases_;               // by number; "" for what is none, or stands behind the last
  std::unordered_map<std::string, int> numbers_;
};

}  // namespace linkaudit::probes

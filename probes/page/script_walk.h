// One script, statement by statement. See script.h for what is looked for.
#pragma once

#include <array>
#include <cstddef>
#include <map>
#include <string>
#include <string_view>

#include "probes/page/script.h"
#include "probes/page/script_place.h"
#include "probes/page/script_tokens.h"

namespace linkaudit::probes {

// The words of a dotted name `a.b.c`; of a longer one the first eight.
class DottedName {
 public:
  void add(std::string_view word) {
    if (end_ < words_.size()) words_[end_++] = word;
  }
  void drop_first() { ++begin_; }

  std::size_t size() const { return end_ - begin_; }
  std::string_view operator[](std::size_t at) const { return words_[begin_ + at]; }
  std::string_view back() const { return words_[end_ - 1]; }
  std::string text() const;

 private:
  std::array<std::string_view, 8> words_;
  std::size_t begin_ = 0, end_ = 0;
};

class ScriptWalk {
 public:
  ScriptWalk(std::string_view script, ScriptFindings& findings, InlineData& json)
      : script_(script), tokens_(script), findings_(findings), json_(json) {}

  void run();

 private:
  bool advance();
  bool step();
  void pass() { place_.pass(current_, previous_); }
  bool enter_function();
  void read_name();
  void read_use(DottedName name, bool begins);

  // script_redirects.cpp
  void read_location(const DottedName& name, bool plain_place);
  void read_location_of_another(const DottedName& name);
  void read_target(bool plain_place, bool call);
  void leave_for(const std::string& url);
  void read_text_as_code(bool always_code);
  void read_text_as_page();
  void read_leaving_call(const DottedName& name);
  void read_refresh_in_the_making();

  // script_data.cpp
  void read_assignment(const DottedName& name, bool begins);
  void read_parsed(const DottedName& name);

  std::string_view script_;
  ScriptTokens tokens_;
  ScriptFindings& findings_;
  InlineData& json_;
  ScriptPlace place_;
  ScriptToken previous_, current_;
  bool ahead_ = false;         // current_ has been read, but not yet looked at
  bool index_ = false;         // the "[" read last is an index, no list
  bool opens_window_ = false;  // an open( ... whose statement has not ended
};

}  // namespace linkaudit::probes

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
#include "probes/page/script_written.h"

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

// Names that were given the page's location: `var l = location`.
class LocationAliases {
 public:
  void add(std::string_view name);
  bool has(std::string_view name) const;
  bool any() const { return size_ > 0; }

 private:
  std::array<std::string_view, 8> names_;  // more would be a game
  std::size_t size_ = 0;
};

class ScriptWalk {
 public:
  ScriptWalk(std::string_view script, ScriptFindings& findings, InlineData& json)
      : script_(script), tokens_(script), findings_(findings), json_(json) {}

  void run();

 private:
  // What the call read last does with its arguments.
  enum class Callee { other, reads, enters, sets, sets_of_window };

  bool advance();
  bool step();
  void pass();
  bool enter_function();
  void read_name();
  bool add_member(DottedName& name);
  void read_use(DottedName name, const ScriptToken& before, bool begins);

  // script_redirects.cpp
  void read_location(const DottedName& name, bool plain_place);
  void read_location_of_another(const DottedName& name);
  void read_target(bool plain_place, bool call);
  void leave_for(const std::string& url);

  // script_calls.cpp
  static Callee callee_of(const DottedName& name);
  void read_call(const DottedName& name, bool member);
  void read_text_as_code(bool always_code, bool last);
  bool is_called_without_arguments() const;

  // script_hints.cpp
  bool begins_text(const DottedName& name, bool of_document);
  void read_location_as_value(const DottedName& name, const ScriptToken& before);
  void read_alias(const DottedName& name, const ScriptToken& before);
  void look_at_token();
  void look_at_string();

  // script_data.cpp
  void read_assignment(const DottedName& name, bool begins);
  void read_object(const DottedName& name);
  void read_encoded_object(const DottedName& name);
  void walk_unread(std::string_view unread, std::size_t brackets);
  void read_parsed(const DottedName& name);
  void read_property(const DottedName& name);

  std::string_view script_;
  ScriptTokens tokens_;
  ScriptFindings& findings_;
  InlineData& json_;
  ScriptPlace place_;
  ScriptToken previous_, current_;
  bool ahead_ = false;  // current_ has been read, but not yet looked at
  bool index_ = false;  // the "[" read last is an index, no list

  // Of the statement, until it ends.
  bool opens_window_ = false;          // an open( ...
  bool dispatches_ = false;            // a dispatchEvent( ...
  bool makes_http_equiv_ = false;      // an http-equiv ...
  bool location_in_list_ = false;      // [location.href ...
  std::string_view renamed_location_;  // {location: x ...
  std::string indexed_;                // a["b" + "c" ...
  std::string_view bound_;             // the name before the last "=" or ":"
  Callee callee_ = Callee::other;

  // Of the script.
  WrittenText written_;
  LocationAliases aliases_;
  bool encoded_open_ = false;  // an object in character references that never ends
  bool hands_on_ = false;      // its location is an argument of some function
  bool sets_href_ = false;     // a statement `x.href = ...` or `x.replace(...)`
};

}  // namespace linkaudit::probes

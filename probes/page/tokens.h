// HTML cut into tokens by the main states of the HTML Standard's tokenizer (section 13.2.5), scripting enabled.
//
// Ours and not libxml2's, measured with 2.9.14: its SAX parser stops at the first NUL and needs quadratic time for end
// tags without a start tag (40,000 open elements and as many stray end tags: 1.6 s, twice of each: 6.3 s), and it
// follows HTML 4 in what a script and a title are.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace linkaudit::probes {

struct Token {
  enum class Kind { text, raw_text, start_tag, end_tag };

  Kind kind = Kind::text;
  std::string_view text;  // between tags, character references not decoded; raw_text: of script, style, title ...
  std::string name;       // of a tag, lower case; for raw_text that of the element it stands in
  std::vector<std::pair<std::string_view, std::string_view>> attributes;  // as written; the first 64 of a tag
  bool unclosed = false;                                                  // raw_text that no end tag ends
  bool self_closing = false;  // a tag that ends in "/>", which counts in pictures only

  // Character references decoded; "" when absent (see has()).
  std::string attribute(std::string_view wanted) const;
  bool has(std::string_view wanted) const;

  void become_text(Kind new_kind, std::string_view new_text);  // keeps the memory that it has
};

// One pass, no stack, no copy of the page; the page must outlive the tokens. Comments and declarations are left out.
class Tokenizer {
 public:
  explicit Tokenizer(std::string_view page) : page_(page) {}

  // False at the end. A script comes as start tag, raw_text (even when empty), end tag.
  bool next(Token& token);

 private:
  bool read_raw_text(Token& token);
  bool read_tag(Token& token);
  bool skip_markup();
  void read_attributes(Token& token);
  std::string_view read_attribute_value();

  std::string_view page_;
  std::size_t at_ = 0;
  std::string raw_;  // the element whose raw text comes next
};

}  // namespace linkaudit::probes

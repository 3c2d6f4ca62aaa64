#include "probes/page/tokens.h"

#include <algorithm>
#include <array>

#include "probes/page/ascii.h"
#include "probes/page/entities.h"
#include "probes/page/raw_text.h"

namespace linkaudit::probes {
namespace {

constexpr std::size_t kMaxAttributes = 64;
constexpr std::size_t kLongestElement = 32;  // longer ones are cut: no element that we know is that long

const std::pair<std::string_view, std::string_view>* find_attribute(const Token& token, std::string_view wanted) {
  for (const auto& attribute : token.attributes) {
    if (equals_ignoring_case(attribute.first, wanted)) return &attribute;
  }
  return nullptr;
}

}  // namespace

std::string Token::attribute(std::string_view wanted) const {
  const auto* found = find_attribute(*this, wanted);
  return found == nullptr ? std::string() : decode_references(found->second, ReferenceStyle::attribute);
}

bool Token::has(std::string_view wanted) const {
  return find_attribute(*this, wanted) != nullptr;
}

void Token::become_text(Kind new_kind, std::string_view new_text) {
  kind = new_kind;
  text = new_text;
  name.clear();
  attributes.clear();
}

bool Tokenizer::next(Token& token) {
  if (!raw_.empty()) return read_raw_text(token);
  std::size_t scan = at_;
  while (at_ < page_.size()) {
    const std::size_t open = std::min(page_.find('<', scan), page_.size());
    const bool markup = open + 1 < page_.size() && (is_alpha(page_[open + 1]) || page_[open + 1] == '!' ||
                                                    page_[open + 1] == '/' || page_[open + 1] == '?');
    if (open < page_.size() && !markup) {
      scan = open + 1;  // a "<" of the text
      continue;
    }
    if (open > at_) {
      token.become_text(Token::Kind::text, page_.substr(at_, open - at_));
      at_ = open;
      return true;
    }
    if (skip_markup()) {
      scan = at_;
      continue;
    }
    return read_tag(token);
  }
  return false;
}

// At "<": skips a comment, a declaration or a bogus comment; false when a tag begins here.
bool Tokenizer::skip_markup() {
  const std::string_view rest = page_.substr(at_);
  const bool end_tag = rest[1] == '/' && rest.size() > 2 && is_alpha(rest[2]);
  if (is_alpha(rest[1]) || end_tag) return false;
  std::size_t end = 0;
  if (rest.starts_with("<!-->") || rest.starts_with("<!--->")) {
    end = rest.find('>') + 1;
  } else if (rest.starts_with("<!--")) {
    end = end_of_comment(rest, 4);
  } else if (rest == "</") {
    end = rest.size();
  } else {
    const std::size_t close = rest.find('>');
    end = close == std::string_view::npos ? rest.size() : close + 1;
  }
  at_ += end;
  return true;
}

bool Tokenizer::read_tag(Token& token) {
  const bool end_tag = page_[at_ + 1] == '/';
  const std::size_t begin = at_ + (end_tag ? 2 : 1);
  at_ = begin;
  while (at_ < page_.size() && !is_space(page_[at_]) && page_[at_] != '/' && page_[at_] != '>') ++at_;
  token.kind = end_tag ? Token::Kind::end_tag : Token::Kind::start_tag;
  token.text = {};
  token.name = to_lower(page_.substr(begin, std::min(at_ - begin, kLongestElement)));
  token.attributes.clear();
  read_attributes(token);
  if (at_ >= page_.size()) return false;  // a tag cut off by the end is no tag
  token.self_closing = page_[at_ - 1] == '/';
  ++at_;
  if (!end_tag && is_raw_text_element(token.name)) raw_ = token.name;
  return true;
}

// Up to the ">" of the tag, or the end.
void Tokenizer::read_attributes(Token& token) {
  while (true) {
    while (at_ < page_.size() && (is_space(page_[at_]) || page_[at_] == '/')) ++at_;
    if (at_ >= page_.size() || page_[at_] == '>') return;
    const std::size_t begin = at_++;  // even a "=" may begin a name
    while (at_ < page_.size() && !is_space(page_[at_]) && page_[at_] != '/' && page_[at_] != '>' && page_[at_] != '=')
      ++at_;
    const std::string_view name = page_.substr(begin, at_ - begin);
    while (at_ < page_.size() && is_space(page_[at_])) ++at_;
    std::string_view value;
    if (at_ < page_.size() && page_[at_] == '=') {
      ++at_;
      value = read_attribute_value();
    }
    if (token.attributes.size() < kMaxAttributes) token.attributes.emplace_back(name, value);
  }
}

std::string_view Tokenizer::read_attribute_value() {
  while (at_ < page_.size() && is_space(page_[at_])) ++at_;
  if (at_ >= page_.size() || page_[at_] == '>') return {};
  const char quote = page_[at_];
  if (quote == '"' || quote == '\'') {
    const std::size_t begin = at_ + 1;
    const std::size_t end = std::min(page_.find(quote, begin), page_.size());
    at_ = std::min(end + 1, page_.size());
    return page_.substr(begin, end - begin);
  }
  const std::size_t begin = at_;
  while (at_ < page_.size() && !is_space(page_[at_]) && page_[at_] != '>') ++at_;
  return page_.substr(begin, at_ - begin);
}

bool Tokenizer::read_raw_text(Token& token) {
  const std::size_t length = raw_text_length(page_.substr(at_), raw_);
  token.become_text(Token::Kind::raw_text, page_.substr(at_, length));
  token.name = raw_;
  at_ += length;
  token.unclosed = at_ == page_.size();
  raw_.clear();
  return true;
}

}  // namespace linkaudit::probes

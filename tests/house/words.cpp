#include "tests/house/words.h"

#include <re2/re2.h>

#include <algorithm>

namespace linkaudit::house {
namespace {

std::vector<std::string> literals_in(std::string_view text) {
  static const re2::RE2 form(R"re("((?:[^"\\\n]|\\.)*)")re");
  std::vector<std::string> literals;
  re2::StringPiece rest(text.data(), text.size());
  for (std::string literal; re2::RE2::FindAndConsume(&rest, form, &literal);) literals.push_back(literal);
  return literals;
}

// Functions that take keys: what they put in front of them, and how many literals of their arguments to look at.
struct Asker {
  std::string prefix;
  int literals = 100;
};
const std::map<std::string, Asker> askers = {
    {"word", {}},          {"word_of", {}},        {"ours", {}}, {"theirs", {}}, {"column", {"column."}},
    {"our_word", {"", 1}}, {"seen_word", {"", 1}},  // a group and a name
};

// The text between the parenthesis at `begin` and the one that closes it, strings passed over.
std::string arguments_at(const std::string& text, std::size_t begin) {
  int depth = 0;
  bool in_string = false;
  for (std::size_t at = begin; at < text.size(); ++at) {
    if (in_string) {
      if (text[at] == '\\')
        ++at;
      else if (text[at] == '"')
        in_string = false;
    } else if (text[at] == '"') {
      in_string = true;
    } else if (text[at] == '(') {
      ++depth;
    } else if (text[at] == ')' && --depth == 0) {
      return text.substr(begin, at - begin + 1);
    }
  }
  return text.substr(begin);
}

// A literal may be the whole key, a beginning ("gap." or a group "gap"), or an ending (".intro").
bool is_part_of_a_key(const std::string& literal, const std::set<std::string>& keys) {
  return std::ranges::any_of(keys, [&](const std::string& key) {
    return key == literal || key.starts_with(literal.ends_with('.') ? literal : literal + ".") ||
           (literal.starts_with('.') && key.ends_with(literal));
  });
}

int line_of(const std::string& text, std::size_t offset) {
  return 1 + static_cast<int>(std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(offset), '\n'));
}

void add_missing(const File& file, const std::set<std::string>& keys, std::vector<std::string>& missing) {
  static const re2::RE2 call(R"(\b(word|word_of|ours|theirs|our_word|seen_word|column)\()");
  re2::StringPiece rest(file.text);
  for (std::string asker; re2::RE2::FindAndConsume(&rest, call, &asker);) {
    const auto offset = static_cast<std::size_t>(rest.data() - file.text.data()) - 1;
    const auto& [prefix, most] = askers.at(asker);
    int looked = 0;
    for (const std::string& literal : literals_in(arguments_at(file.text, offset))) {
      if (literal == "en" || literal == "zh" || literal == ".") continue;  // a language; a dot between two parts
      if (looked++ == most) break;
      if (!is_part_of_a_key(prefix + literal, keys)) {
        missing.push_back(file.path + ":" + std::to_string(line_of(file.text, offset)) + ": " + prefix + literal);
      }
    }
  }
}

}  // namespace

WordTable read_words(const File& file) {
  static const re2::RE2 form(R"re(([a-z0-9_.-]+): "(.*)")re");
  WordTable table;
  int number = 0;
  for (const std::string& line : lines_of(file.text)) {
    ++number;
    if (line.empty() || line.starts_with("#")) continue;
    const std::string place = file.path + ":" + std::to_string(number) + ": ";
    std::string key, text;
    if (!re2::RE2::FullMatch(line, form, &key, &text)) {
      table.mistakes.push_back(place + line);
    } else if (!table.words.emplace(key, text).second) {
      table.mistakes.push_back(place + key + " stands twice");
    }
  }
  return table;
}

std::multiset<std::string> placeholders(const std::string& text) {
  static const re2::RE2 form(R"(\{([0-9]*)((?::[^}]*)?)\})");
  std::multiset<std::string> found;
  int next = 0;
  re2::StringPiece rest(text);
  for (std::string number, format; re2::RE2::FindAndConsume(&rest, form, &number, &format);) {
    found.insert((number.empty() ? std::to_string(next++) : number) + format);
  }
  return found;
}

// U+4E00 to U+9FFF: three bytes in UTF-8, E4 B8 80 to E9 BF BF.
bool has_chinese(const std::string& text) {
  return std::ranges::any_of(text, [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte >= 0xE4 && byte <= 0xE9;
  });
}

std::set<std::string> literals_of(const Tree& sources) {
  std::set<std::string> literals;
  for (const File& file : sources) {
    if (!is_cpp(file)) continue;
    for (const std::string& line : lines_of(file.text)) {
      if (line.starts_with("#include")) continue;
      for (const std::string& literal : literals_in(line)) {
        literals.insert(literal);
        literals.insert(literal.substr(0, literal.find('=')));  // a note stands with its value: "link_specific=false"
      }
    }
  }
  return literals;
}

bool is_asked_for(const std::string& key, const std::set<std::string>& literals) {
  if (literals.contains(key) || literals.contains("." + key)) return true;
  for (std::size_t dot = key.find('.'); dot != std::string::npos; dot = key.find('.', dot + 1)) {
    const std::string before = key.substr(0, dot), after = key.substr(dot + 1);
    const bool begins =
        literals.contains(before) || literals.contains(before + ".") || literals.contains("." + before + ".");
    if (begins && is_asked_for(after, literals)) return true;
  }
  return false;
}

std::vector<std::string> missing_words(const Tree& sources, const std::set<std::string>& keys) {
  std::vector<std::string> missing;
  for (const File& file : sources) {
    if (is_cpp(file)) add_missing(file, keys, missing);
  }
  return missing;
}

}  // namespace linkaudit::house

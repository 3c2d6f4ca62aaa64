// The words that users read: a table of each folder in two languages, and the places in the source that ask for them.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "tests/house/tree.h"

namespace linkaudit::house {

struct WordTable {
  std::map<std::string, std::string> words;
  std::vector<std::string> mistakes;  // lines that are neither comment nor `key: "text"`; keys that stand twice
};
WordTable read_words(const File& file);

// The places that a text leaves for values, numbered: "{} of {}" and "{1} {0}" have the same.
std::multiset<std::string> placeholders(const std::string& text);

bool has_chinese(const std::string& text);

// All string literals of C++ source, without those of #include lines.
std::set<std::string> literals_of(const Tree& sources);

// Whether a key is asked for: as one literal, or put together at its dots from several ("column." and "tier").
bool is_asked_for(const std::string& key, const std::set<std::string>& literals);

// Keys that calls such as word("run.busy") name and no table has: "audit/cli/run.cpp:91: run.bsy".
std::vector<std::string> missing_words(const Tree& sources, const std::set<std::string>& keys);

}  // namespace linkaudit::house

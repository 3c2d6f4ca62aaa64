// HTML's character references: by name, all of them.
#include <gtest/gtest.h>

#include <cstdio>
#include <memory>
#include <string>

#include "probes/page/entities.h"
#include "probes/page/named_references.h"

namespace linkaudit::probes {
namespace {

std::string output_of(const std::string& command) {
  const std::unique_ptr<FILE, int (*)(FILE*)> pipe(popen(command.c_str(), "r"), pclose);
  std::string out, piece(1 << 16, '\0');
  for (std::size_t size = 1; pipe && size > 0; out.append(piece, 0, size)) {
    size = std::fread(piece.data(), 1, piece.size(), pipe.get());
  }
  return out;
}

TEST(References, EveryNameIsReadAsPythonReadsIt) {
  const std::string expected =
      output_of("PYTHONIOENCODING=utf-8 python3 " LINKAUDIT_SOURCE_ROOT "/tests/probes/page/unescaped.py");
  std::size_t seen = 0, wrong = 0;
  for (std::string_view rest = expected; !rest.empty() && wrong < 10;) {
    const std::string_view line = rest.substr(0, rest.find('\x1E'));
    rest.remove_prefix(std::min(line.size() + 1, rest.size()));
    const std::string_view text = line.substr(0, line.find('\t'));
    const std::string decoded = decode_references(text, ReferenceStyle::text);
    if (decoded != line.substr(text.size() + 1)) ++wrong;
    EXPECT_EQ(decoded, line.substr(text.size() + 1)) << text;
    ++seen;
  }
  EXPECT_GT(seen, 30'000u);
  EXPECT_EQ(named_references().size(), 2231u);
}

TEST(References, WhereTheyStandDecidesWhatCountsWithoutSemicolon) {
  struct Row {
    const char *text, *between_tags, *attribute, *strict;
  };
  const Row table[] = {
      {"&amp;", "&", "&", "&"},
      {"&colon;&sol;&sol;", "://", "://", "://"},
      {"?a&copy", "?a©", "?a©", "?a&copy"},
      {"?a&copy=2", "?a©=2", "?a&copy=2", "?a&copy=2"},
      {"?a&copyx", "?a©x", "?a&copyx", "?a&copyx"},
      {"?a&copy-2", "?a©-2", "?a©-2", "?a&copy-2"},
      {"&notit;", "¬it;", "&notit;", "&notit;"},
      {"&notin;", "∉", "∉", "∉"},
      {"&nGt;", "≫⃒", "≫⃒", "≫⃒"},
      {"&hellip", "&hellip", "&hellip", "&hellip"},
      {"&HELLIP;", "&HELLIP;", "&HELLIP;", "&HELLIP;"},
      {"&#99999999;&#xD800", "\uFFFD\uFFFD", "\uFFFD\uFFFD", "\uFFFD\uFFFD"},
      {"&;&&#;&#x;&", "&;&&#;&#x;&", "&;&&#;&#x;&", "&;&&#;&#x;&"},
  };
  for (const Row& row : table) {
    EXPECT_EQ(decode_references(row.text, ReferenceStyle::text), row.between_tags) << row.text;
    EXPECT_EQ(decode_references(row.text, ReferenceStyle::attribute), row.attribute) << row.text;
    EXPECT_EQ(decode_references(row.text, ReferenceStyle::strict), row.strict) << row.text;
  }
}

}  // namespace
}  // namespace linkaudit::probes

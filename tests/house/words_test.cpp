#include "tests/house/words.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "audit/words.h"
#include "probes/failure.h"
#include "probes/outcome.h"
#include "probes/words.h"

namespace linkaudit::house {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

struct Folder {
  const char* name;
  std::vector<std::string> sources;       // where its words may be asked for
  std::set<std::string> without_chinese;  // signs and digits only
};

const std::vector<Folder> folders = {
    {"audit", {"audit/", "probes/"}, {"bracket.close", "bracket.open", "headline.share", "list.separator"}},
    {"probes", {"audit/", "probes/"}, {}},
    {"reports", {"reports/"}, {"date_and_time", "part"}},
    {"schedules",
     {"schedules/"},
     {"explain.comma", "explain.range", "explain.sentence", "explain.sentence_months", "time.at"}},
};

const Tree& tree() {
  static const Tree all = project();
  return all;
}

WordTable words_of(const std::string& folder, const std::string& language) {
  const std::string path = folder + "/words." + language + ".yaml";
  const auto file = std::ranges::find(tree(), path, &File::path);
  return file == tree().end() ? WordTable{{}, {path + " is missing"}} : read_words(*file);
}

Tree sources_below(const std::vector<std::string>& places) {
  Tree sources;
  for (const File& file : tree()) {
    if (std::ranges::any_of(places, [&](const std::string& place) { return file.path.starts_with(place); })) {
      sources.push_back(file);
    }
  }
  return sources;
}

std::set<std::string> keys_of(const std::map<std::string, std::string>& words) {
  std::set<std::string> keys;
  for (const auto& [key, text] : words) keys.insert(key);
  return keys;
}

TEST(Words, EveryFolderThatHasWordsIsLookedAt) {
  std::set<std::string> found, known;
  for (const File& file : tree()) {
    if (has_ending(file.path, {"words.en.yaml", "words.zh.yaml"})) found.insert(folder_of(file.path));
  }
  for (const Folder& folder : folders) known.insert(folder.name);
  EXPECT_EQ(found, known);
}

TEST(Words, TablesAreWellFormed) {
  for (const Folder& folder : folders) {
    for (const char* language : {"en", "zh"}) {
      const WordTable table = words_of(folder.name, language);
      EXPECT_THAT(table.mistakes, IsEmpty());
      for (const auto& [key, text] : table.words) EXPECT_FALSE(text.empty()) << folder.name << " " << key;
    }
  }
}

TEST(Words, BothLanguagesHaveTheSameKeysAndPlaceholders) {
  for (const Folder& folder : folders) {
    const auto english = words_of(folder.name, "en").words, chinese = words_of(folder.name, "zh").words;
    EXPECT_EQ(keys_of(english), keys_of(chinese)) << folder.name;
    for (const auto& [key, text] : english) {
      const auto other = chinese.find(key);
      if (other == chinese.end()) continue;
      EXPECT_EQ(placeholders(text), placeholders(other->second)) << folder.name << " " << key;
    }
  }
}

TEST(Words, ChineseIsChineseAndEnglishIsNot) {
  for (const Folder& folder : folders) {
    std::set<std::string> without;
    for (const auto& [key, text] : words_of(folder.name, "zh").words) {
      if (!has_chinese(text)) without.insert(key);
    }
    EXPECT_EQ(without, folder.without_chinese) << folder.name;
    for (const auto& [key, text] : words_of(folder.name, "en").words) EXPECT_FALSE(has_chinese(text)) << key;
  }
}

TEST(Words, NoneIsUnused) {
  for (const Folder& folder : folders) {
    const std::set<std::string> literals = literals_of(sources_below(folder.sources));
    for (const auto& [key, text] : words_of(folder.name, "en").words) {
      EXPECT_TRUE(is_asked_for(key, literals)) << folder.name << " " << key;
    }
  }
}

TEST(Words, NoneIsMissing) {
  std::set<std::string> keys;
  for (const Folder& folder : folders) keys.merge(keys_of(words_of(folder.name, "en").words));
  EXPECT_THAT(missing_words(sources_below({"audit/"}), keys), IsEmpty());
  EXPECT_THAT(missing_words(sources_below({"reports/"}), keys_of(words_of("reports", "en").words)), IsEmpty());
}

// Names of closed lists are put together with their group only at run time.
TEST(Words, ClosedListsHaveAWordForEachName) {
  for (const char* language : {"en", "zh"}) {
    const auto seen = [&](const std::string& group, std::string_view name) {
      EXPECT_NO_THROW(static_cast<void>(probes::word(language, group + "." + std::string(name))))
          << group << " " << name;
    };
    for (const auto outcome : probes::kOutcomes) {
      seen("outcome", probes::name(outcome));
      EXPECT_NO_THROW(static_cast<void>(audit::word(language, "meaning." + std::string(probes::name(outcome)))));
    }
    for (const auto tier : probes::kTiers) seen("tier", probes::name(tier));
    for (const auto blame : probes::kBlames) seen("blame", probes::name(blame));
    for (const auto presentation : probes::kPresentations) seen("presentation", probes::name(presentation));
    for (int value = 0; value <= static_cast<int>(probes::FailureName::unknown_failure); ++value) {
      seen("failure", probes::name(static_cast<probes::FailureName>(value)));
    }
    for (const char* reason : {"missed", "overlap", "own_line_down", "cancelled", "no_url"}) {
      EXPECT_NO_THROW(static_cast<void>(audit::word(language, std::string("gap.") + reason))) << reason;
    }
    for (const char* status : {"not_due", "met", "breached", "undetermined", "exempt"}) {
      EXPECT_NO_THROW(static_cast<void>(audit::word(language, std::string("status.") + status))) << status;
    }
    EXPECT_THROW(static_cast<void>(audit::word(language, "no.such.key")), std::logic_error);
  }
}

// The reading of tables and sources itself.

TEST(WordsReading, MistakesInATableAreFound) {
  const WordTable table = read_words({"x.yaml", "# a comment\n\na: \"one\"\nb: two\na: \"three\"\n c: \"four\"\n"});
  EXPECT_EQ(table.words.size(), 1u);
  EXPECT_THAT(table.mistakes, ElementsAre("x.yaml:4: b: two", "x.yaml:5: a stands twice", "x.yaml:6:  c: \"four\""));
}

TEST(WordsReading, PlaceholdersAreThoseOfTheirNumbers) {
  EXPECT_EQ(placeholders("{} of {}"), placeholders("{1} 项中 {0} 项"));
  EXPECT_NE(placeholders("{} of {}"), placeholders("{0} {0}"));
  EXPECT_NE(placeholders("{}"), placeholders("none"));
  EXPECT_NE(placeholders("{:.1f}"), placeholders("{}"));
}

TEST(WordsReading, KeyIsAskedForWholeOrInPieces) {
  const Tree sources = {
      {"a.cpp",
       "#include \"table.h\"\nword(\"run.busy\"); column(reader, \"tier\"); word(\"table.\" + id + \".intro\"); "
       "const char* id = \"gaps\"; prefix + \"column.\";"}};
  const std::set<std::string> literals = literals_of(sources);
  EXPECT_TRUE(is_asked_for("run.busy", literals));
  EXPECT_TRUE(is_asked_for("column.tier", literals));
  EXPECT_TRUE(is_asked_for("table.gaps.intro", literals));
  EXPECT_FALSE(is_asked_for("run.idle", literals));
  EXPECT_FALSE(is_asked_for("column.steps", literals));
  EXPECT_FALSE(literals.contains("table.h"));
}

TEST(WordsReading, CallThatNamesNoWordIsFound) {
  const std::set<std::string> keys = {"run.busy", "gap.missed", "column.tier", "table.runs.intro"};
  const auto missing = [&](const std::string& source) { return missing_words({{"a.cpp", source}}, keys); };
  EXPECT_THAT(missing("session.word(\"run.busy\"); word(language, \"gap.\" + reason); column(reader, \"tier\", 8);"),
              IsEmpty());
  EXPECT_THAT(
      missing(
          "word(is ? \"gap.missed\" : \"run.busy\"); word(\"table.\" + id + \".intro\"); our_word(en, \"gap\", x);"),
      IsEmpty());
  EXPECT_THAT(missing("\n\nword(\"run.bsy\")"), ElementsAre("a.cpp:3: run.bsy"));
  EXPECT_THAT(missing("word_of(reader, (other(\")\"), \"nothing\"))"), testing::Contains("a.cpp:1: nothing"));
  EXPECT_THAT(missing("column(reader, \"teir\", 8)"), ElementsAre("a.cpp:1: column.teir"));
}

}  // namespace
}  // namespace linkaudit::house

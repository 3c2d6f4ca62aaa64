#include <gtest/gtest.h>

#include <bit>
#include <limits>
#include <nlohmann/json.hpp>

#include "audit/log/json_writer.h"
#include "audit/log/record_json.h"
#include "tests/log/samples.h"

namespace linkaudit::log {
namespace {

using nlohmann::json;

struct NumberCase {
  std::uint64_t bits;  // IEEE 754
  const char* text;
};

class CanonicalNumber : public testing::TestWithParam<NumberCase> {};

TEST_P(CanonicalNumber, IsWrittenAsEcmascriptDoes) {
  JsonWriter out;
  out.number(std::bit_cast<double>(GetParam().bits));
  EXPECT_EQ(out.written(), GetParam().text);
}

// RFC 8785, appendix B.
INSTANTIATE_TEST_SUITE_P(
    Rfc8785, CanonicalNumber,
    testing::Values(
        NumberCase{0x0000000000000000, "0"}, NumberCase{0x8000000000000000, "0"},
        NumberCase{0x0000000000000001, "5e-324"}, NumberCase{0x8000000000000001, "-5e-324"},
        NumberCase{0x7fefffffffffffff, "1.7976931348623157e+308"},
        NumberCase{0xffefffffffffffff, "-1.7976931348623157e+308"}, NumberCase{0x4340000000000000, "9007199254740992"},
        NumberCase{0xc340000000000000, "-9007199254740992"}, NumberCase{0x4430000000000000, "295147905179352830000"},
        NumberCase{0x44b52d02c7e14af5, "9.999999999999997e+22"}, NumberCase{0x44b52d02c7e14af6, "1e+23"},
        NumberCase{0x44b52d02c7e14af7, "1.0000000000000001e+23"},
        NumberCase{0x444b1ae4d6e2ef4e, "999999999999999700000"},
        NumberCase{0x444b1ae4d6e2ef4f, "999999999999999900000"}, NumberCase{0x444b1ae4d6e2ef50, "1e+21"},
        NumberCase{0x3eb0c6f7a0b5ed8c, "9.999999999999997e-7"}, NumberCase{0x3eb0c6f7a0b5ed8d, "0.000001"},
        NumberCase{0x41b3de4355555553, "333333333.3333332"}, NumberCase{0x41b3de4355555554, "333333333.33333325"},
        NumberCase{0x41b3de4355555555, "333333333.3333333"}, NumberCase{0x41b3de4355555556, "333333333.3333334"},
        NumberCase{0x41b3de4355555557, "333333333.33333343"},
        NumberCase{0xbecbf647612f3696, "-0.0000033333333333333333"},
        NumberCase{0x43143ff3c1cb0959, "1424953923781206.2"}),
    [](const auto& each) { return "Row" + std::to_string(each.index); });

TEST(CanonicalJson, RefusesNumbersThatHaveNoForm) {
  JsonWriter out;
  EXPECT_THROW(out.number(std::numeric_limits<double>::infinity()), std::invalid_argument);
  EXPECT_THROW(out.number(std::numeric_limits<double>::quiet_NaN()), std::invalid_argument);
  EXPECT_THROW(out.integer((std::int64_t{1} << 53) + 1), std::invalid_argument);
  EXPECT_THROW(static_cast<void>(canonical(json(std::uint64_t{1} << 63))), std::invalid_argument);
}

// RFC 8785, section 3.2.3: sorted by UTF-16 code units.
TEST(CanonicalJson, SortsKeysByUtf16) {
  const json object = {{"\xE2\x82\xAC", "Euro Sign"},    {"\r", "Carriage Return"},
                       {"\xEF\xAC\xB3", "Dalet"},        {"1", "One"},
                       {"\xF0\x9F\x98\x80", "Emoji"},    {"\xC2\x80", "Control"},
                       {"\xC3\xB6", "O With Diaeresis"}, {"", {{"b", 1}, {"a", json::array({true, nullptr, "x"})}}}};
  EXPECT_EQ(
      canonical(object),
      "{\"\":{\"a\":[true,null,\"x\"],\"b\":1},\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\xC2\x80\":\"Control\","
      "\"\xC3\xB6\":\"O With Diaeresis\",\"\xE2\x82\xAC\":\"Euro Sign\",\"\xF0\x9F\x98\x80\":\"Emoji\","
      "\"\xEF\xAC\xB3\":\"Dalet\"}");
}

TEST(CanonicalJson, EscapesOnlyWhatItMust) {
  JsonWriter out;
  out.text(std::string("\xE2\x82\xAC$\x0f\nA'B\"\\\\\"/\b\t\f\r\x7f\0z", 21));
  EXPECT_EQ(out.written(), "\"\xE2\x82\xAC$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\\b\\t\\f\\r\x7f\\u0000z\"");
}

struct Utf8Case {
  const char* name;
  std::string bytes, kept;
};

class NotUtf8 : public testing::TestWithParam<Utf8Case> {};

TEST_P(NotUtf8, BecomesReplacementCharacters) {
  EXPECT_EQ(well_formed(GetParam().bytes), GetParam().kept);
  JsonWriter out;
  out.text(GetParam().bytes);
  EXPECT_EQ(out.written(), "\"" + GetParam().kept + "\"");
}

const std::string kReplacement = "\xEF\xBF\xBD";
std::string replacements(int count) {
  return count == 0 ? std::string() : kReplacement + replacements(count - 1);
}

INSTANTIATE_TEST_SUITE_P(CanonicalJson, NotUtf8,
                         testing::Values(Utf8Case{"Plain", "a\xE6\xB7\x98", "a\xE6\xB7\x98"},
                                         Utf8Case{"LoneContinuation", "a\x80z", "a" + kReplacement + "z"},
                                         Utf8Case{"Overlong", "\xC0\xAF", replacements(2)},
                                         Utf8Case{"Surrogate", "\xED\xA0\x80", replacements(3)},
                                         Utf8Case{"CutShort", "\xE6\xB7", replacements(2)},
                                         Utf8Case{"BeyondUnicode", "\xF4\x90\x80\x80", replacements(4)},
                                         Utf8Case{"Highest", "\xF4\x8F\xBF\xBF", "\xF4\x8F\xBF\xBF"}),
                         [](const auto& each) { return each.param.name; });

TEST(ObservationJson, ComesBackAsItWas) {
  for (const probes::Observation& seen : {full_observation(), full_attestation(), probes::Observation{}}) {
    json value = to_json(seen, 7);
    if (value.at("context").is_null()) value["context"] = "";
    EXPECT_EQ(observation_from_json(json::parse(value.dump())), seen);
  }
}

TEST(ObservationJson, HasEveryStableField) {
  const json value = to_json(full_observation(), 7);
  for (const char* name : {"entry",          "at",      "link",  "url",       "platform",
                           "context",        "method",  "tier",  "vantage",   "outcome",
                           "opens_directly", "steps",   "rule",  "blame",     "context_specific",
                           "presentation",   "failure", "hops",  "page",      "control",
                           "facts",          "attempt", "notes", "simulated", "hard"}) {
    EXPECT_TRUE(value.contains(name) && !value.at(name).is_null()) << name;
  }
  EXPECT_EQ(value.at("entry"), 7);
  EXPECT_EQ(value.at("at"), "2022-01-27T04:05:06.789Z");
  EXPECT_EQ(value.at("opens_directly"), false);
  EXPECT_EQ(value.at("hops").at(0).at("ms"), 40);
  EXPECT_EQ(value.at("failure").at("name"), "tls_expired");
  EXPECT_EQ(to_json(full_observation()).at("entry"), nullptr);
}

TEST(ObservationJson, IsWellFormedWhateverTheBytes) {
  probes::Observation seen = full_observation();
  seen.note = seen.url = seen.page->title = seen.hops[0].url = seen.notes[0] = "\xFF\xFE";
  seen.facts = {{"\xFF", "\xFE"}};
  EXPECT_NO_THROW(static_cast<void>(to_json(seen).dump()));
}

struct BadField {
  const char* pointer;
  json value;
  const char* message;
};

TEST(ObservationJson, NamesTheFieldThatDoesNotFit) {
  const BadField cases[] = {
      {"/at", "yesterday", "at: \"yesterday\" is not an instant such as 2022-01-27T04:00:00.000Z"},
      {"/at", nullptr, "at: is missing"},
      {"/outcome", "fine", "outcome: \"fine\" is not known"},
      {"/steps", "two", "steps: is not a whole number"},
      {"/steps", std::int64_t{1} << 40, "steps: is out of range"},
      {"/hops/1/url", 5, "hops[1].url: is not a text"},
      {"/hops/0/phases/tls", true, "hops[0].phases.tls: is not a number"},
      {"/control/end", nullptr, "control.end: is missing"},
      {"/control/failure/name", "broken", "control.failure.name: \"broken\" is not known"},
      {"/facts", json::array(), "facts: is not an object"},
      {"/notes", json::array({1}), "notes: holds something that is not a text"},
      {"/colour", "red", "colour: is not a known field"},
      {"/page/size", 1, "page.size: is not a known field"},
  };
  for (const BadField& each : cases) {
    json value = to_json(full_observation());
    value[json::json_pointer(each.pointer)] = each.value;
    try {
      static_cast<void>(observation_from_json(value));
      ADD_FAILURE() << each.pointer << " was accepted";
    } catch (const std::invalid_argument& error) {
      EXPECT_STREQ(error.what(), each.message);
    }
  }
}

}  // namespace
}  // namespace linkaudit::log

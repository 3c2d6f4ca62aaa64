// Wherever a value of the wrong kind or an unknown key stands, it is refused with its place, and nothing falls over.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <functional>
#include <set>
#include <sstream>

#include "audit/catalog/load.h"
#include "audit/catalog/node.h"

namespace linkaudit::catalog {
namespace {

Node everything() {
  std::ifstream file(LINKAUDIT_TEST_DATA "/everything.yaml", std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  static const std::string name = "everything.yaml";
  return *parse_yaml(text.str(), name);
}

std::vector<std::string> problems_of(const Node& document) {
  const auto loaded = load(std::vector<Source>{{"mine.yaml", to_text(document)}}, false);
  std::vector<std::string> messages;
  if (!loaded) {
    for (const CatalogError& error : loaded.error()) messages.push_back(error.message());
  }
  return messages;
}

Node scalar(const std::string& value) {
  return Node::scalar(value);
}
Node list_of(Node item) {
  return Node::list({std::move(item)});
}
Node map_of(const std::string& key, Node value) {
  return Node::map({{key, std::move(value)}});
}

// Each node of the document, with a path for messages; changes are undone after each visit.
void visit(Node& node, const std::string& path, const std::function<void(Node&, const std::string&)>& look) {
  look(node, path);
  if (auto* fields = node.map_fields()) {
    for (auto& [key, value] : *fields) visit(value, path + "." + key, look);
  }
  if (auto* items = node.list_items()) {
    for (Node& item : *items) visit(item, path + "[]", look);
  }
}

void with(Node& node, Node other, const std::function<void()>& look) {
  std::swap(node, other);
  look();
  std::swap(node, other);
}

TEST(Shape, EverythingLoads) {
  EXPECT_THAT(problems_of(everything()), testing::IsEmpty());
}

TEST(Shape, ValuesOfTheWrongKindAreRefused) {
  Node document = everything();
  int changes = 0;
  visit(document, "", [&](Node& node, const std::string& path) {
    if (path.empty()) return;
    std::vector<Node> others = {list_of(map_of("a", scalar("b")))};
    if (node.kind() != Node::Kind::map) others.push_back(map_of("a", scalar("b")));
    if (node.kind() == Node::Kind::map) others.push_back(scalar("x"));
    for (const Node& other : others) {
      with(node, other, [&] {
        ++changes;
        const auto problems = problems_of(document);
        EXPECT_FALSE(problems.empty()) << path;
        for (const std::string& problem : problems) {
          EXPECT_THAT(problem, testing::MatchesRegex("mine\\.yaml:[1-9][0-9]*: .+")) << path;
        }
      });
    }
  });
  EXPECT_GT(changes, 300);
}

// A key without a value is one that was not given, or is refused; never a crash.
TEST(Shape, NothingInPlaceOfAnythingGivesAnAnswer) {
  Node document = everything();
  visit(document, "", [&](Node& node, const std::string& path) {
    if (path.empty()) return;  // no document at all
    with(node, Node{}, [&] {
      for (const std::string& problem : problems_of(document)) {
        EXPECT_THAT(problem, testing::MatchesRegex("mine\\.yaml:[1-9][0-9]*: .+")) << path;
      }
    });
  });
}

TEST(Shape, UnknownKeysAreRefusedInEveryMap) {
  // Whose keys are names that the catalog makes up.
  const std::set<std::string> free = {".control_client.headers", ".hosts[].client.headers",
                                      ".hosts[].contexts[].client.headers", ".platforms[].markers.payment"};
  Node document = everything();
  std::set<std::string> taken;
  visit(document, "", [&](Node& node, const std::string& path) {
    if (node.kind() != Node::Kind::map) return;
    Node more = node;
    more.map_fields()->push_back({"zzz", scalar("x")});
    with(node, more, [&] {
      const auto problems = problems_of(document);
      if (problems.empty()) {
        taken.insert(path);
        return;
      }
      EXPECT_THAT(problems, testing::ElementsAre(testing::HasSubstr("zzz: unknown key; valid are "))) << path;
    });
  });
  EXPECT_EQ(taken, free);
}

// What a key may not lack: each key left out in turn. The rest is optional.
TEST(Shape, RequiredKeysAreThese) {
  Node document = everything();
  std::set<std::string> required;
  visit(document, "", [&](Node& node, const std::string& path) {
    for (std::size_t index = 0; index < node.fields().size(); ++index) {
      Node less = node;
      less.map_fields()->erase(less.fields().begin() + static_cast<std::ptrdiff_t>(index));
      const std::string key = path + "." + node.fields()[index].key;
      with(node, less, [&] {
        // Top lists are named by others; what their absence leaves dangling is another test's business.
        if (path.empty() && key != ".version") return;
        if (!problems_of(document).empty()) required.insert(key);
      });
    }
  });
  EXPECT_EQ(required, (std::set<std::string>{".version",
                                             ".vantage.id",
                                             ".vantage.name.en",
                                             ".vantage.name.zh",
                                             ".control_client.user_agent",
                                             ".hosts[].id",
                                             ".hosts[].name",
                                             ".hosts[].name.en",
                                             ".hosts[].name.zh",
                                             ".hosts[].operator",
                                             ".hosts[].operator.en",
                                             ".hosts[].operator.zh",
                                             ".hosts[].domains",
                                             ".hosts[].client.user_agent",
                                             ".hosts[].gateway.url",
                                             ".hosts[].contexts",
                                             ".hosts[].contexts[].id",
                                             ".hosts[].contexts[].name",
                                             ".hosts[].contexts[].name.en",
                                             ".hosts[].contexts[].name.zh",
                                             ".hosts[].contexts[].kind",
                                             ".hosts[].contexts[].client.user_agent",
                                             ".hosts[].contexts[].gateway.url",
                                             ".platforms[].id",
                                             ".platforms[].name",
                                             ".platforms[].name.en",
                                             ".platforms[].name.zh",
                                             ".platforms[].operator",
                                             ".platforms[].operator.en",
                                             ".platforms[].operator.zh",
                                             ".platforms[].category",
                                             ".platforms[].domains",
                                             ".platforms[].links",
                                             ".platforms[].links[].id",
                                             ".rules[].id",
                                             ".rules[].by",
                                             ".rules[].outcome",
                                             ".rules[].when",
                                             ".rules[].when.header.name",
                                             ".rules[].when.json.var",
                                             ".rules[].when.json.field",
                                             ".rules[].when.json.value",
                                             ".obligations[].id",
                                             ".obligations[].authority",
                                             ".obligations[].authority.en",
                                             ".obligations[].authority.zh",
                                             ".obligations[].title",
                                             ".obligations[].title.en",
                                             ".obligations[].title.zh",
                                             ".obligations[].text.en",
                                             ".obligations[].text.zh",
                                             ".obligations[].source.en",
                                             ".obligations[].source.zh",
                                             ".obligations[].effective",
                                             ".obligations[].requires",
                                             ".rules[].not_if[].body_any",
                                             ".rules[].not_if[].status",
                                             ".waivers[].id",
                                             ".waivers[].scope",
                                             ".waivers[].scope.kinds",
                                             ".waivers[].justification",
                                             ".waivers[].approver",
                                             ".waivers[].from",
                                             ".waivers[].expires",
                                             ".schedules[].id",
                                             ".schedules[].cron",
                                             ".schedules[].catch_up",  // beside catch_up_max
                                             ".schedules[].recheck.cron",
                                             ".schedules[].near_deadline.days",
                                             ".schedules[].near_deadline.cron",
                                             ".reports[].id",
                                             ".reports[].title",
                                             ".reports[].title.en",
                                             ".reports[].title.zh",
                                             ".reports[].organisation.en",
                                             ".reports[].organisation.zh",
                                             ".reports[].file"}));  // since a schedule names it
}

}  // namespace
}  // namespace linkaudit::catalog

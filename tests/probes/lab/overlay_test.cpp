// The catalog overlay as YAML; the catalog's own reading of it is tested with the catalog.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <yaml-cpp/yaml.h>

#include "probes/lab/lab.h"
#include "tests/probes/lab/temporary.h"

namespace linkaudit::probes {
namespace {

using testing::Each;
using testing::HasSubstr;
using Texts = std::vector<std::string>;

class LabOverlay : public testing::Test {
 protected:
  TemporaryDirectory directory_;
  Lab lab_{LabSettings{directory_.path(), ""}};
  YAML::Node overlay_ = YAML::Load(lab_.overlay_yaml());
};

TEST_F(LabOverlay, LeadsEveryNameToTheLab) {
  const auto entries = overlay_["network"]["connect_to"].as<Texts>();
  EXPECT_EQ(entries, lab_.connect_to());
  EXPECT_THAT(entries, Each(testing::ContainsRegex("^:(80|443):127\\.0\\.0\\.1:[0-9]+$")));
}

TEST_F(LabOverlay, TrustsTheLabAlone) {
  EXPECT_EQ(overlay_["network"]["ca_file"].as<std::string>(), lab_.ca_file());
  EXPECT_EQ(overlay_["network"]["canaries"].as<Texts>(), lab_.canaries());
  EXPECT_THAT(lab_.canaries(), Each(HasSubstr(std::string(kCanaryDomain))));
}

TEST_F(LabOverlay, SaysThatItIsSimulated) {
  EXPECT_TRUE(overlay_["vantage"]["simulated"].as<bool>());
  EXPECT_EQ(overlay_["vantage"]["id"].as<std::string>(), "lab");
}

TEST_F(LabOverlay, TellsTheGatewayEachContext) {
  Texts ids;
  for (const auto& context : overlay_["hosts"][0]["contexts"]) {
    ids.push_back(context["id"].as<std::string>());
    EXPECT_THAT(context["gateway"]["url"].as<std::string>(), HasSubstr("lab_context=" + ids.back() + "&url={url}"));
    EXPECT_FALSE(context["gateway"]["control"].as<std::string>().empty());
  }
  EXPECT_THAT(ids, testing::ElementsAre("one_to_one", "group", "moments", "article"));
}

TEST(LabOverlayOf, ADirectoryWithAQuoteInItsNameIsStillYaml) {
  const TemporaryDirectory directory;
  const std::string odd = directory.path() + "/a \"b\": #c";
  std::filesystem::create_directory(odd);
  const Lab lab(LabSettings{odd, ""});
  EXPECT_EQ(YAML::Load(lab.overlay_yaml())["network"]["ca_file"].as<std::string>(), odd + "/ca.pem");
}

}  // namespace
}  // namespace linkaudit::probes

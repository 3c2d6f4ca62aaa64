// A vantage behind a proxy, by the real program on the lab with proxies as others run them: what is seen is seen
// through it, from that vantage, and its credentials are nowhere.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <sstream>

#include "audit/log/log.h"
#include "tests/cli/lab_process.h"
#include "tests/cli/program.h"
#include "tests/probes/fetch/real_proxy.h"

namespace linkaudit::tests {
namespace {

using nlohmann::json;
using testing::HasSubstr;
using testing::Not;

constexpr const char* kUser = "hushuser";
constexpr const char* kPassword = "hushpass";
constexpr const char* kInBase64 = "aHVzaHVzZXI6aHVzaHBhc3M";  // user:password, as CONNECT sends them

class Vantage : public testing::TestWithParam<const char*> {
 protected:
  Vantage()
      : lab_(scratch_),
        proxy_(std::string_view(GetParam()) == "http" ? RealProxy::Kind::tinyproxy : RealProxy::Kind::microsocks, kUser,
               kPassword) {
    use(std::string(kUser) + ":" + kPassword + "@" + proxy_.at());
  }

  void use(const std::string& proxy) {
    scratch_.write("vantage.yaml",
                   "version: 1\nvantage: {id: shanghai, name: {en: Shanghai, zh: 上海}}\n"
                   "network: {proxy: \"" +
                       std::string(GetParam()) + "://" + proxy + "\"}\n");
  }

  Ran linkaudit(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), {"--catalog", "lab/linkaudit.yaml", "--catalog", "vantage.yaml"});
    Ran ran = scratch_.linkaudit(arguments);
    said_ += ran.out + ran.err;
    return ran;
  }

  std::vector<json> exported() {
    std::istringstream lines(linkaudit({"export"}).out);
    std::vector<json> list;
    for (std::string line; std::getline(lines, line);)
      list.push_back(json::parse(json::parse(line)["record"].get<std::string>()));
    return list;
  }

  // All that the program has said, and all files that it has made, unpacked; but for the catalog that was given to it.
  std::string everything() {
    std::string all = said_;
    for (const auto& file : std::filesystem::recursive_directory_iterator(scratch_.path())) {
      const std::string name = std::filesystem::relative(file.path(), scratch_.path());
      if (!file.is_regular_file() || name == "vantage.yaml") continue;
      all += scratch_.read(name);
      if (name.ends_with(".xlsx")) all += unzipped(name);
    }
    const log::Log log = log::Log::open_read_only(scratch_.file("linkaudit.db"));
    log.for_each_entry(1, log.size(), [&](const log::Entry& entry) {
      all += entry.record;
      return true;
    });
    log.for_each_blob([&](const log::BlobInfo& blob) {
      all += log.blob(blob.sha256).value_or("");
      return true;
    });
    return all;
  }

  std::string unzipped(const std::string& name) {
    const Ran ran = scratch_.run({"python3", "-c",
                                  "import sys, zipfile; file = zipfile.ZipFile(sys.argv[1]); "
                                  "[sys.stdout.buffer.write(file.read(part)) for part in file.namelist()]",
                                  name});
    EXPECT_EQ(ran.code, 0) << ran.err;
    return ran.out;
  }

  Scratch scratch_;
  LabProcess lab_;
  RealProxy proxy_;
  std::string said_;
};

TEST_P(Vantage, SeesThroughItsProxyAndItsCredentialsAreNowhere) {
  EXPECT_EQ(linkaudit({"catalog", "check"}).code, 0);
  EXPECT_EQ(linkaudit({"catalog", "show"}).code, 0);
  EXPECT_THAT(said_, HasSubstr("\"" + std::string(GetParam()) + "://***@" + proxy_.at() + "\""));
  EXPECT_THAT(linkaudit({"run", "--all", "--platform", "taobao"}).code, testing::AnyOf(0, 4));
  EXPECT_THAT(linkaudit({"check", "http://www.taobao.com/", "--format", "json"}).code, testing::AnyOf(0, 4));
  EXPECT_TRUE(proxy_.says("127.0.0.1:")) << proxy_.log();
  std::size_t observations = 0, direct = 0;
  for (const json& entry : exported()) {
    if (entry["type"] != "observation") continue;
    ++observations;
    EXPECT_EQ(entry["vantage"], "shanghai") << entry;
    direct += entry["outcome"] == "direct" ? 1 : 0;
  }
  EXPECT_GT(observations, 5U);
  EXPECT_GT(direct, 0U);
  for (const std::vector<std::string>& command :
       std::vector<std::vector<std::string>>{{"query", "--format", "json"},
                                             {"matrix"},
                                             {"findings", "--format", "csv"},
                                             {"runs", "--format", "json"},
                                             {"export", "--warc", "kept.warc"},
                                             {"report", "-o", "report.xlsx"},
                                             {"report", "-o", "report.html"},
                                             {"report", "-o", "report.json"},
                                             {"catalog", "test"}}) {
    EXPECT_EQ(linkaudit(command).code, 0) << command.front();
  }
  const std::string all = everything();
  EXPECT_THAT(all, HasSubstr("sha256"));
  for (const char* secret : {kUser, kPassword, kInBase64}) EXPECT_EQ(all.find(secret), std::string::npos) << secret;
}

TEST_P(Vantage, WithAWrongPasswordSeesNothingAndAccusesNobody) {
  use(std::string(kUser) + ":hushwrong@" + proxy_.at());
  EXPECT_EQ(linkaudit({"run", "--all", "--platform", "taobao"}).code, 4);
  EXPECT_THAT(linkaudit({"check", "taobao/item", "--context", "wechat/group", "--format", "json"}).code,
              testing::AnyOf(0, 4));
  std::size_t gaps = 0;
  for (const json& entry : exported()) {
    EXPECT_NE(entry["type"], "observation") << entry;
    if (entry["type"] != "gap") continue;
    ++gaps;
    EXPECT_EQ(entry["vantage"], "shanghai") << entry;
    EXPECT_THAT(entry["reason"].get<std::string>(), testing::AnyOf("own_line_down", "no_url"));
    if (entry["reason"] == "own_line_down") {
      EXPECT_THAT(entry["detail"].get<std::string>(), testing::StartsWith("proxy_failure (limit) of the "));
    }
  }
  EXPECT_GT(gaps, 5U);
  const std::string all = everything();
  for (const char* secret : {kUser, "hushwrong"}) EXPECT_EQ(all.find(secret), std::string::npos) << secret;
}

TEST_P(Vantage, WhoseProxyIsNoneIsToldSoWithoutRepeatingIt) {
  use(std::string(kUser) + ":" + kPassword + "@proxy.example");
  const Ran ran = linkaudit({"run", "--all"});
  EXPECT_EQ(ran.code, 3);
  EXPECT_THAT(ran.err, HasSubstr("vantage.yaml:3: network.proxy: "));
  EXPECT_THAT(ran.out + ran.err, Not(HasSubstr("hush")));
}

INSTANTIATE_TEST_SUITE_P(Proxy, Vantage, testing::Values("http", "socks5", "socks5h"),
                         [](const auto& scheme) { return std::string(scheme.param); });

}  // namespace
}  // namespace linkaudit::tests

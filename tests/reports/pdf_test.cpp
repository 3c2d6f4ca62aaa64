#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "reports/pdf/browser.h"
#include "reports/pdf/dates.h"
#include "reports/pdf/node_names.h"
#include "reports/write.h"
#include "tests/reports/samples.h"
#include "tests/reports/temporary_directory.h"

using namespace linkaudit::reports;
using testing::HasSubstr;

namespace {

// PATH is a directory with a browser of ours, or none; puts things back at the end.
class Pdf : public testing::Test {
 protected:
  Pdf() : path_(std::getenv("PATH")) { ::setenv("PATH", directory_.path().c_str(), 1); }
  ~Pdf() override { ::setenv("PATH", path_.c_str(), 1); }

  void install(const std::string& name, const std::string& script) {
    const std::string file = directory_.path() + "/" + name;
    std::ofstream(file) << "#!/bin/sh\n" << script;
    std::filesystem::permissions(file, std::filesystem::perms::owner_all);
  }
  std::string output() const { return directory_.path() + "/report.pdf"; }
  std::string message() const {
    try {
      write_pdf(samples::realistic(Language::en), output());
    } catch (const std::runtime_error& error) {
      return error.what();
    }
    return {};
  }
  std::string content(const std::string& name) const {
    std::ifstream file(directory_.path() + "/" + name);
    return {std::istreambuf_iterator<char>(file), {}};
  }

  TemporaryDirectory directory_;

 private:
  std::string path_;
};

constexpr const char* find_output = "for one in \"$@\"; do case $one in --print-to-pdf=*) out=${one#*=};; esac; done\n";

TEST(NodeNames, AreNumberedFromOneInTheirOrderAndOthersStay) {
  const std::string document =
      "/ID (node00000104)>> /Headers [(node00000102) (node00000104)] (node99999999) (node123) (nodeX)";
  EXPECT_EQ(pdf::with_nodes_numbered(document),
            "/ID (node00000002)>> /Headers [(node00000001) (node00000002)] (node00000003) (node123) (nodeX)");
}

TEST_F(Pdf, WithoutABrowserSaysWhatToInstall) {
  EXPECT_EQ(message(),
            "cannot write " + output() +
                ": a PDF is printed by Chromium or Chrome, and neither is installed (apt install chromium); the "
                ".html can be printed from any browser");
  EXPECT_FALSE(std::filesystem::exists(output()));
}

TEST_F(Pdf, BrowserThatFailsLeavesTheOldFile) {
  std::ofstream(output()) << "old";
  install("chromium", "exit 7\n");
  EXPECT_THAT(message(), HasSubstr("chromium could not print the page (exit 7)"));
  install("chromium", "echo 'x] No usable sandbox! y' >&2; exit 1\n");
  EXPECT_THAT(message(), HasSubstr("chromium could not print the page (exit 1): the system lets it have no sandbox"));
  install("chromium", "kill -9 $$\n");
  EXPECT_THAT(message(), HasSubstr("chromium was ended by signal 9"));
  install("chromium", "exit 0\n");
  EXPECT_THAT(message(), HasSubstr("no whole PDF"));
  install("chromium", std::string(find_output) + "echo '%PDF-1.4 cut' > $out\n");
  EXPECT_THAT(message(), HasSubstr("no whole PDF"));
  EXPECT_EQ(content("report.pdf"), "old");
}

TEST_F(Pdf, BrowserSeesAPageOfItsOwnNoNetworkAndNoneOfOurEnvironment) {
  ::setenv("LINKAUDIT_TOKEN", "secret", 1);
  install("google-chrome", std::string(find_output) + "echo \"$@\" > " + directory_.path() + "/arguments\n" +
                               "/usr/bin/env > " + directory_.path() + "/environment\n" +
                               "echo '%PDF-1.4 /CreationDate (D:20260101000000+00'\"'00')\" > $out\n" +
                               "echo '%%EOF' >> $out\n");
  EXPECT_EQ(message(), "");
  ::unsetenv("LINKAUDIT_TOKEN");
  EXPECT_THAT(content("arguments"), HasSubstr("--host-resolver-rules=MAP * ~NOTFOUND"));
  EXPECT_THAT(content("arguments"), HasSubstr("--user-data-dir="));
  EXPECT_EQ(content("arguments").find("--no-sandbox") != std::string::npos, ::geteuid() == 0);
  EXPECT_THAT(content("environment"), testing::Not(HasSubstr("secret")));
  EXPECT_EQ(content("report.pdf"), "%PDF-1.4 /CreationDate (D:20220127155959+00'00')\n%%EOF\n");
}

TEST(PdfDates, AreSetOnlyWhereTheyFit) {
  const Instant at = samples::desk_test();
  EXPECT_EQ(pdf::dated("<< /CreationDate (D:20260101000000+00'00')\n/ModDate (D:20260101000000+00'00')>>", at),
            "<< /CreationDate (D:20220127155959+00'00')\n/ModDate (D:20220127155959+00'00')>>");
  EXPECT_EQ(pdf::dated("/CreationDate (D:2026)", at), "/CreationDate (D:2026)");
  EXPECT_EQ(pdf::dated("/CreationDate (D:20260101", at), "/CreationDate (D:20260101");
  EXPECT_EQ(pdf::dated("", at), "");
}

}  // namespace

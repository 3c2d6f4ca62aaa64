#include "reports/file.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "reports/write.h"
#include "tests/reports/samples.h"
#include "tests/reports/temporary_directory.h"

using namespace linkaudit::reports;
namespace fs = std::filesystem;

namespace {

std::string content_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

std::string message_of(const std::function<void()>& call) {
  try {
    call();
  } catch (const std::runtime_error& error) {
    return error.what();
  }
  return "no error";
}

std::size_t files_in(const std::string& directory) {
  return static_cast<std::size_t>(std::distance(fs::directory_iterator(directory), fs::directory_iterator()));
}

class ReplaceFile : public testing::Test {
 protected:
  TemporaryDirectory directory_;
  std::string path_ = directory_.path() + "/report";

  void SetUp() override { std::ofstream(path_) << "old"; }
  void expect_old() {
    EXPECT_EQ(content_of(path_), "old");
    EXPECT_EQ(files_in(directory_.path()), 1U);
  }
};

TEST_F(ReplaceFile, RemovesWhatAKilledProcessLeftAndNothingElse) {
  const std::string left = path_ + ".999999-0.tmp", used = path_ + ".999998-1.tmp";
  const std::vector<std::string> others = {path_ + ".tmp", path_ + ".1-x.tmp", path_ + "s.1-1.tmp"};
  for (const std::string& name : others) std::ofstream(name) << "mine";
  std::ofstream(left) << "half";
  const int file = ::open(used.c_str(), O_CREAT | O_WRONLY | O_CLOEXEC, 0600);
  ASSERT_EQ(::flock(file, LOCK_EX), 0);
  replace_file_by_stream(path_, [](std::ostream& out) { out << "new"; });
  EXPECT_EQ(content_of(path_), "new");
  EXPECT_FALSE(fs::exists(left));
  EXPECT_TRUE(fs::exists(used));  // somebody is writing it
  for (const std::string& name : others) EXPECT_TRUE(fs::exists(name)) << name;
  ::close(file);
}

TEST_F(ReplaceFile, IsLockedWhileItIsWritten) {
  replace_file(path_, [](const std::string& temporary) {
    const int file = ::open(temporary.c_str(), O_RDONLY | O_CLOEXEC);
    EXPECT_NE(::flock(file, LOCK_EX | LOCK_NB), 0);
    ::close(file);
  });
}

TEST_F(ReplaceFile, WholeNewFileReplacesTheOldAndKeepsItsMode) {
  ::chmod(path_.c_str(), 0600);
  replace_file_by_stream(path_, [](std::ostream& out) { out << "new"; });
  EXPECT_EQ(content_of(path_), "new");
  EXPECT_EQ(fs::status(path_).permissions(), fs::perms::owner_read | fs::perms::owner_write);
  EXPECT_EQ(files_in(directory_.path()), 1U);
}

TEST_F(ReplaceFile, OldFileStaysWhenWritingThrows) {
  EXPECT_EQ(message_of([&] { replace_file(path_, [](const std::string&) { throw std::runtime_error("no luck"); }); }),
            "cannot write " + path_ + ": no luck");
  expect_old();
}

TEST_F(ReplaceFile, SymbolicLinkIsFollowed) {
  const std::string link = directory_.path() + "/link";
  fs::create_symlink(path_, link);
  replace_file_by_stream(link, [](std::ostream& out) { out << "new"; });
  EXPECT_TRUE(fs::is_symlink(link));
  EXPECT_EQ(content_of(path_), "new");
}

TEST_F(ReplaceFile, WhatIsNoRegularFileIsRefused) {
  const auto nothing = [](std::ostream&) {};
  EXPECT_EQ(message_of([&] { replace_file_by_stream("/dev/null", nothing); }),
            "cannot write /dev/null: it is not a regular file");
  EXPECT_EQ(message_of([&] { replace_file_by_stream(directory_.path(), nothing); }),
            "cannot write " + directory_.path() + ": it is a directory");
  const std::string dangling = directory_.path() + "/dangling";
  fs::create_symlink("nowhere", dangling);
  EXPECT_EQ(message_of([&] { replace_file_by_stream(dangling, nothing); }),
            "cannot write " + dangling + ": it is a symbolic link that leads nowhere");
}

using Writer = void (*)(const Report&, const std::string&);

void write_first_csv(const Report& report, const std::string& path) {
  write_csv(report.tables.at(0), report, path);
}

constexpr Writer writers[] = {write_xlsx, write_html, write_first_csv, write_json};

TEST_F(ReplaceFile, DirectoryThatIsNotThereIsSaidByEveryFormat) {
  const std::string path = directory_.path() + "/no/such/report";
  for (const Writer write : writers) {
    EXPECT_EQ(message_of([&] { write(samples::realistic(Language::en), path); }),
              "cannot write " + path + ": No such file or directory");
  }
}

TEST_F(ReplaceFile, UnknownZoneLeavesTheOldFile) {
  Report report = samples::realistic(Language::en);
  report.zone = "Asia/Atlantis";
  for (const Writer write : writers) EXPECT_NE(message_of([&] { write(report, path_); }), "no error");
  expect_old();
}

TEST_F(ReplaceFile, RowsThatFailLeaveTheOldFile) {
  Report report = samples::long_report(3);
  report.tables[0].rows = []() -> NextRow { return [](Row&) -> bool { throw std::runtime_error("log is gone"); }; };
  for (const Writer write : writers) {
    EXPECT_EQ(message_of([&] { write(report, path_); }), "cannot write " + path_ + ": log is gone");
  }
  expect_old();
}

// A limit on the size of files acts like a disk that becomes full: also on working files, which the spreadsheet
// library does not watch.
class SizeLimit {
 public:
  explicit SizeLimit(rlim_t bytes) {
    ::getrlimit(RLIMIT_FSIZE, &before_);
    std::signal(SIGXFSZ, SIG_IGN);
    const rlimit limit{bytes, before_.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &limit);
  }
  ~SizeLimit() {
    ::setrlimit(RLIMIT_FSIZE, &before_);
    std::signal(SIGXFSZ, SIG_DFL);
  }
  SizeLimit(const SizeLimit&) = delete;
  SizeLimit& operator=(const SizeLimit&) = delete;

 private:
  rlimit before_{};
};

TEST_F(ReplaceFile, FullDiskLeavesTheOldFileInEveryFormat) {
  const Report report = samples::long_report(4000);
  for (const Writer write : writers) {
    for (const rlim_t bytes : {0U, 100U, 4096U, 8192U, 50000U}) {
      std::string message;
      {
        const SizeLimit limit(bytes);
        message = message_of([&] { write(report, path_); });
      }
      EXPECT_TRUE(message.starts_with("cannot write " + path_ + ": ")) << bytes << " " << message;
      EXPECT_EQ(message.find('\n'), std::string::npos);
      expect_old();
    }
  }
}

// The file itself is much smaller than the working files for its parts, so just below the limit that suffices a part of
// the workbook is cut and the library says nothing: no such workbook may be taken for a whole one.
TEST_F(ReplaceFile, WorkbookIsWholeOrNotThereWhateverTheLimit) {
  const Report report = samples::long_report(2000);
  const auto is_written = [&](rlim_t bytes) {
    const SizeLimit limit(bytes);
    return message_of([&] { write_xlsx(report, path_); }) == "no error";
  };
  rlim_t fails = 0;
  rlim_t suffices = 4'000'000;
  ASSERT_TRUE(is_written(suffices));
  const std::string whole = content_of(path_);
  while (suffices - fails > 1) {
    std::ofstream(path_) << "old";
    const rlim_t middle = (fails + suffices) / 2;
    const bool written = is_written(middle);
    EXPECT_EQ(content_of(path_), written ? whole : "old") << middle;
    (written ? suffices : fails) = middle;
  }
}

}  // namespace

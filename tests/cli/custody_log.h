// A log of three entries, each signed, in a directory of its own, and the program to look at it.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <vector>

#include "tests/cli/program.h"

namespace linkaudit::tests {

// NAME+HASH, of a public key.
inline std::string key_name(const std::string& key) {
  return key.substr(0, key.find('+', key.find('+') + 1));
}

class CustodyLog : public testing::Test {
 protected:
  CustodyLog() {
    for (int hour = 1; hour <= 3; ++hour) attest(hour);
  }

  void attest(int hour) {
    const Ran ran = linkaudit({"attest", "taobao/item", "wechat/group", "--outcome", "direct", "--observer", "desk",
                               "--at", "2022-01-0" + std::to_string(hour) + "T10:00:00+08:00"});
    ASSERT_EQ(ran.code, 0) << ran.err;
  }
  Ran linkaudit(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), {"--db", "d.db"});
    return scratch_.linkaudit(arguments);
  }
  std::string file(const std::string& name) const { return scratch_.path() + "/" + name; }
  void copy(const std::string& from, const std::string& to) {
    std::filesystem::copy_file(file(from), file(to), std::filesystem::copy_options::overwrite_existing);
  }

  Scratch scratch_;
};

}  // namespace linkaudit::tests

// Every row of the lab's table, on every day that it plays: the built-in catalog must come to the outcome and the blame
// that the row expects of an audit, and the law must blame nobody beyond it.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <map>
#include <memory>
#include <set>

#include "audit/catalog/load.h"
#include "audit/run/plan.h"
#include "probes/lab/lab.h"

namespace linkaudit::run {
namespace {

using probes::Blame;
using probes::Observation;
using probes::Outcome;

class Directory {
 public:
  Directory() {
    std::string pattern = (std::filesystem::temp_directory_path() / "linkaudit-lab-XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no temporary directory");
    path_ = pattern;
  }
  ~Directory() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

struct Audited {
  std::unique_ptr<const catalog::Catalog> catalog;
  std::vector<probes::Target> targets;
  std::map<std::size_t, Observation> observations;
  std::map<std::size_t, std::string> gaps;
};

// The built-in catalog laid under the lab's overlay, every cell with a URL looked at once.
Audited audit(const probes::Lab& lab, const catalog::Selection& selection = {}) {
  const std::vector<catalog::Source> overlay = {{"lab", lab.overlay_yaml()}};
  auto loaded = catalog::load(overlay);
  EXPECT_TRUE(loaded.has_value()) << (loaded ? "" : loaded.error().front().message());
  Audited audited;
  audited.catalog = std::make_unique<const catalog::Catalog>(std::move(*loaded));
  const auto now = [] { return Instant(std::chrono::milliseconds(1'700'000'000'000)); };
  audited.targets = plan_all(*audited.catalog, selection, now()).targets;
  probes::ProberSettings settings = catalog::prober_settings_of(*audited.catalog);
  settings.network.timeout_s = 2;
  settings.network.first_byte_s = 1;
  probes::probe(settings, audited.targets, now, [&](probes::ProbeResult result) {
    if (auto* seen = std::get_if<probes::Probed>(&result)) {
      audited.observations[seen->target] = std::move(seen->observation);
    } else {
      audited.gaps[std::get<probes::NotProbed>(result).target] = std::get<probes::NotProbed>(result).reason;
    }
  });
  return audited;
}

std::string said(const Observation& seen) {
  std::string text = seen.context + " " + seen.link + ": " + std::string(name(seen.outcome)) + " by " +
                     std::string(name(seen.blame)) + ", rule " + seen.rule.id;
  for (const probes::Hop& hop : seen.hops) text += "\n  " + std::to_string(hop.status) + " " + hop.url;
  if (seen.failure) text += "\n  " + std::string(name(seen.failure->name)) + ": " + seen.failure->text;
  for (const std::string& note : seen.notes) text += "\n  note " + note;
  return text;
}

class LabDay : public testing::TestWithParam<std::string> {};

TEST_P(LabDay, EveryCellIsJudgedAsItsRowExpects) {
  const Directory directory;
  probes::LabSettings settings;
  settings.directory = directory.path();
  settings.date = GetParam();
  const probes::Lab lab(std::move(settings));
  const Audited audited = audit(lab);
  EXPECT_TRUE(audited.gaps.empty());
  ASSERT_EQ(audited.observations.size(), audited.targets.size());
  std::set<std::string> rows;
  for (const auto& [index, seen] : audited.observations) {
    const probes::Target& target = audited.targets[index];
    const auto row = lab.table().in_force(target.context->host, target.context->id, target.link->platform);
    ASSERT_TRUE(row.has_value()) << target.link->id;
    rows.insert(row->host + " " + row->context + " " + row->platform);
    EXPECT_EQ(name(seen.outcome), name(row->outcome)) << GetParam() << " " << said(seen);
    EXPECT_EQ(name(seen.blame), name(row->blame)) << GetParam() << " " << said(seen);
  }
  EXPECT_GT(rows.size(), 20u);
}

// All rows are exercised: each is in force for some cell with a URL on some day of the table.
TEST(LabTable, NoRowStandsUntested) {
  const Directory directory;
  probes::LabSettings settings;
  settings.directory = directory.path();
  const probes::Lab lab(std::move(settings));
  const std::vector<catalog::Source> overlay = {{"lab", lab.overlay_yaml()}};
  const auto catalog = catalog::load(overlay);
  ASSERT_TRUE(catalog.has_value());
  const std::vector<probes::Target> targets = catalog::select(*catalog, {});
  std::set<std::string> untested;
  const auto key = [](const probes::LabRow& row) {
    return row.host + "|" + row.context + "|" + row.platform + "|" + row.from + "|" + std::string(name(row.behaviour));
  };
  std::set<std::string> days;
  for (const probes::LabRow& row : probes::default_rows()) {
    untested.insert(key(row));
    days.insert(row.from);
  }
  for (const std::string& day : days) {
    const probes::LabTable table(probes::default_rows(), day);
    for (const probes::Target& target : targets) {
      if (target.link->url.empty()) continue;
      const auto row = table.in_force(target.context->host, target.context->id, target.link->platform);
      if (row) untested.erase(key(*row));
    }
  }
  EXPECT_THAT(untested, testing::IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(Table, LabDay,
                         testing::Values("2018-05-21", "2021-09-17", "2021-11-29", "2023-01-10", "2023-01-11"),
                         [](const auto& day) {
                           std::string name = "On" + day.param;
                           std::erase(name, '-');
                           return name;
                         });

struct Scenario {
  const char* name;
  probes::LabOutage outage;
  std::set<Blame> may_be_blamed;  // beside nobody
  bool gaps;
};

// When something is down for everyone, nobody is blamed who should not be. On 2023-01-11, links that all work.
TEST(LabOutages, NobodyIsBlamedWhoShouldNotBe) {
  using probes::Behaviour;
  const Scenario table[] = {
      {"gateway down", {Behaviour::gateway_reset, std::nullopt, false}, {Blame::unknown}, false},
      {"gateway silent", {Behaviour::gateway_slow, std::nullopt, false}, {Blame::unknown}, false},
      {"gateway in error", {Behaviour::gateway_error, std::nullopt, false}, {Blame::unknown}, false},
      {"target down", {std::nullopt, Behaviour::target_reset, false}, {Blame::target_down}, false},
      {"target in error", {std::nullopt, Behaviour::target_error, false}, {Blame::target_down}, false},
      {"both down", {Behaviour::gateway_reset, Behaviour::target_reset, false}, {Blame::target_down}, false},
      {"no canary", {std::nullopt, std::nullopt, true}, {}, true},
      {"nothing at all", {Behaviour::gateway_reset, Behaviour::target_reset, true}, {}, true},
  };
  catalog::Selection selection;
  selection.platforms = {"taobao"};
  selection.contexts = {"wechat/group", "qq/group"};
  for (const Scenario& row : table) {
    SCOPED_TRACE(row.name);
    const Directory directory;
    probes::LabSettings settings;
    settings.directory = directory.path();
    settings.date = "2023-01-11";
    probes::Lab lab(std::move(settings));
    lab.set(row.outage);
    const Audited audited = audit(lab, selection);
    EXPECT_EQ(audited.gaps.empty(), !row.gaps);
    for (const auto& [index, reason] : audited.gaps) EXPECT_EQ(reason, "own_line_down");
    if (row.gaps) {
      EXPECT_TRUE(audited.observations.empty());
    }
    for (const auto& [index, seen] : audited.observations) {
      EXPECT_TRUE(seen.blame == Blame::none || row.may_be_blamed.contains(seen.blame)) << said(seen);
      EXPECT_NE(seen.outcome, Outcome::blocked) << said(seen);
    }
  }
}

}  // namespace
}  // namespace linkaudit::run

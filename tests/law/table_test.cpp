// Every case of data/casebook.txt: appended to a real log, read back as spans, judged.
#include <gtest/gtest.h>

#include "audit/law/calendar.h"
#include "audit/query/view.h"
#include "tests/law/policies.h"
#include "tests/law/spans.h"
#include "tests/law/table.h"
#include "tests/log/case_file.h"

namespace linkaudit::law {
namespace {

// Each case is a host app of its own, so that one log holds them all.
std::string context_of(const TableCase& row) {
  return "line" + std::to_string(row.line) + "/group";
}

catalog::Platform platform_of(const std::string& id, const std::string& operator_name,
                              const std::vector<std::string>& links) {
  catalog::Platform platform;
  platform.id = id;
  platform.category = "ecommerce";
  platform.operator_name.en = operator_name;
  for (const std::string& link : links) platform.links.emplace_back().id = link;
  return platform;
}

catalog::Catalog catalog_of(const TableCase& row) {
  catalog::Catalog catalog;
  catalog::Host& host = catalog.hosts.emplace_back();
  host.operator_name.en = "tencent";
  catalog::HostContext& context = host.contexts.emplace_back();
  context.id = context_of(row);
  context.kind = "group";
  context.gateway = probes::Gateway{};
  context.own_gateway = !row.shared_gateway;
  catalog.platforms = {platform_of("taobao", "alibaba", {"taobao/item", "taobao/home"}),
                       platform_of("jd", "jd", {"jd/item"}), platform_of("pdd", "pdd", {"pdd/item"}),
                       platform_of("own", "tencent", {"own/item"})};
  catalog.obligations = {row.obligation};
  catalog.waivers = row.waivers;
  return catalog;
}

std::string told_in_full(const Finding& finding, const std::string& zone) {
  std::string text = told(finding);
  for (const std::string& other : finding.compared_with) {
    text += (&other == finding.compared_with.data() ? "; with " : ", ") + other;
  }
  const Status status = finding.status == Status::exempt ? finding.would_be.value() : finding.status;
  const bool decided = status == Status::met || status == Status::breached;
  return decided ? text + "; since " + format_date(date_at(finding.since.value(), zone)) : text;
}

TEST(Table, EachCaseIsFoundAsItSays) {
  const std::vector<TableCase> cases = read_table(LINKAUDIT_TEST_DATA "/casebook.txt");
  std::vector<log::NewEntry> entries;
  for (const TableCase& row : cases) {
    for (probes::Observation seen : row.seen) {
      seen.context = context_of(row);
      entries.push_back(log::NewObservation{seen, std::nullopt});
    }
  }
  const log::CaseFile file;
  log::Log log = file.open();
  log.append(entries, at("2025-06-01"));
  for (const TableCase& row : cases) {
    const auto view = query::look(log, catalog_of(row), row.as_of);
    const Finding finding = pick(view.findings, row.of, context_of(row));
    EXPECT_EQ(told_in_full(finding, row.obligation.zone), row.finding)
        << "casebook.txt:" << row.line << ": " << row.reason;
    EXPECT_FALSE(row.reason.empty()) << "casebook.txt:" << row.line;
  }
  EXPECT_GE(cases.size(), 60u);
}

}  // namespace
}  // namespace linkaudit::law

#include "audit/query/changes.h"

#include <gtest/gtest.h>

namespace linkaudit::query {
namespace {

using law::Status;

struct Case {
  Status before, after;
  bool relapsed;
  std::optional<ChangeKind> kind;
};

TEST(Changes, StatusesTellWhatHappened) {
  const Case table[] = {
      {Status::met, Status::breached, false, ChangeKind::breached},
      {Status::met, Status::breached, true, ChangeKind::relapsed},
      {Status::undetermined, Status::breached, false, ChangeKind::breached},
      {Status::not_due, Status::breached, false, ChangeKind::breached},
      {Status::breached, Status::met, false, ChangeKind::cured},
      {Status::breached, Status::undetermined, false, ChangeKind::unmeasured},  // not looking cures nothing
      {Status::met, Status::undetermined, false, ChangeKind::unmeasured},
      {Status::undetermined, Status::met, false, ChangeKind::measured},
      {Status::not_due, Status::undetermined, false, ChangeKind::other},
      {Status::breached, Status::exempt, false, ChangeKind::other},
      {Status::met, Status::met, false, std::nullopt},
      {Status::breached, Status::breached, true, std::nullopt},
  };
  for (const Case& row : table) {
    law::Finding before{.obligation = "o", .platform = "p", .context = "h/c"}, after = before;
    before.status = row.before;
    after.status = row.after;
    after.relapsed = row.relapsed;
    const auto found = changes({before}, {after});
    const std::string place = std::string(name(row.before)) + " to " + std::string(name(row.after));
    ASSERT_EQ(found.size(), row.kind ? 1u : 0u) << place;
    if (row.kind) {
      EXPECT_EQ(found[0].kind, *row.kind) << place;
    }
  }
}

TEST(Changes, CellsOfOneSideOnlyAreLeftOut) {
  const law::Finding here{.obligation = "o", .platform = "p", .context = "h/c", .status = Status::met};
  EXPECT_TRUE(changes({}, {here}).empty());
  EXPECT_TRUE(changes({here}, {}).empty());
}

}  // namespace
}  // namespace linkaudit::query

#include "audit/query/gravity.h"

#include <algorithm>

namespace linkaudit::query {
namespace {

int gravity(const law::Finding& finding) {
  using law::Status;
  switch (finding.status) {
    case Status::breached: return finding.confidence == law::Confidence::confirmed ? 0 : 1;
    case Status::exempt: return 2;
    case Status::undetermined: return finding.outcome ? 3 : 4;
    case Status::met: return 5;
    case Status::not_due: return 6;
  }
  return 7;
}

}  // namespace

std::vector<const law::Finding*> by_gravity(const std::vector<law::Finding>& findings) {
  std::vector<const law::Finding*> order;
  for (const law::Finding& finding : findings) order.push_back(&finding);
  std::stable_sort(order.begin(), order.end(), [](const law::Finding* left, const law::Finding* right) {
    const int left_gravity = gravity(*left), right_gravity = gravity(*right);
    if (left_gravity != right_gravity) return left_gravity < right_gravity;
    return left->days_overdue.value_or(-1) > right->days_overdue.value_or(-1);
  });
  return order;
}

}  // namespace linkaudit::query

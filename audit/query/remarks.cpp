#include "audit/query/remarks.h"

namespace linkaudit::query {

std::string finding_id(std::string_view obligation, std::string_view platform, std::string_view context) {
  return std::string(obligation).append(":").append(platform).append(":").append(context);
}

std::string finding_id(const law::Finding& finding) {
  return finding_id(finding.obligation, finding.platform, finding.context);
}

std::map<std::string, log::LoggedRemark> newest_remarks(const log::Log& log, const log::Horizon& horizon) {
  std::map<std::string, log::LoggedRemark> newest;
  for (log::LoggedRemark& each : log::remarks(log, horizon)) {
    const std::string id = finding_id(each.remark.obligation, each.remark.platform, each.remark.context);
    newest.insert_or_assign(id, std::move(each));
  }
  std::erase_if(newest, [](const auto& entry) { return entry.second.remark.is_empty(); });
  return newest;
}

}  // namespace linkaudit::query

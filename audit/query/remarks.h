// What officers wrote beside findings: the newest word on each.
#pragma once

#include <array>
#include <map>
#include <string>
#include <string_view>

#include "audit/law/judge.h"
#include "audit/log/read.h"

namespace linkaudit::query {

// "miit-2021-unblock:taobao:wechat/group": how a finding is named to people and programs, and found again.
std::string finding_id(std::string_view obligation, std::string_view platform, std::string_view context);
std::string finding_id(const law::Finding& finding);

// What an officer can choose to do, by id; "action.<id>" are the words for it. Anything else is kept as it was written.
inline constexpr std::array kOfficerActions = {"ask_host", "ask_platform", "look_again", "report", "waive", "none"};

// By the finding's id; those that were taken back are left out.
std::map<std::string, log::LoggedRemark> newest_remarks(const log::Log& log, const log::Horizon& horizon);

}  // namespace linkaudit::query

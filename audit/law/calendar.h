// Civil dates in zones, by Abseil's time library: the start of a day, and the day an instant falls on.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "audit/law/policy.h"

namespace linkaudit::law {

using Instant = std::chrono::sys_time<std::chrono::milliseconds>;  // UTC

bool zone_exists(const std::string& zone);

// "2021-09-17", a date that exists; nothing otherwise.
std::optional<Date> parse_date(std::string_view text);
std::string format_date(const Date& date);

// 00:00 of the date in the zone; where that time is skipped, the first instant of the day. Throws
// std::invalid_argument for an unknown zone.
Instant start_of_day(const Date& date, const std::string& zone);
Date date_at(Instant instant, const std::string& zone);
int days_between(const Date& from, const Date& to);  // to - from

// RFC 3339 with an offset ("2022-01-27T12:00:00+08:00", "...Z"); nothing for anything else, a missing zone included.
std::optional<Instant> parse_instant(std::string_view text);
// A full RFC 3339 instant, or a date alone: then the last millisecond of that day in `zone`.
std::optional<Instant> parse_instant_or_date(std::string_view text, const std::string& zone);
// "2022-01-27T12:00:00+08:00" in the zone; milliseconds only when they are not zero.
std::string format_instant(Instant instant, const std::string& zone);

}  // namespace linkaudit::law

// Entries to append.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "audit/log/log.h"
#include "audit/log/read.h"

namespace linkaudit::log {

Instant at(std::string_view text);    // 2022-01-27T04:00:00.000Z
Instant minute(std::int64_t number);  // so many minutes after 2022-01-01T00:00:00.000Z

// Every field has a value of its own.
probes::Observation full_observation();
probes::Observation full_attestation();
Gap full_gap();
RunRecord full_run();
CatalogRecord full_catalog();
Annotation full_annotation();  // a withdrawal of entry 1
WaiverRecord full_waiver();
Remark full_remark();
IssuedReport full_report();

// A short one of taobao/item in wechat/group.
probes::Observation seen(std::int64_t minute_number, probes::Outcome outcome);
NewEntry entry(probes::Observation observation);
NewEntry entry(std::int64_t minute_number, probes::Outcome outcome);

// Recorded at a fixed instant. Return the numbers given.
std::vector<std::int64_t> append(Log& log, const std::vector<NewEntry>& entries, const std::vector<Blob>& blobs = {});
std::int64_t append(Log& log, const NewEntry& one);

std::vector<LoggedObservation> observations(const Log& log, const Horizon& horizon = {},
                                            const ObservationFilter& filter = {});
// Their entry numbers.
std::vector<std::int64_t> numbers(const Log& log, const Horizon& horizon, const ObservationFilter& filter);
std::vector<LoggedGap> gaps(const Log& log, const Horizon& horizon = {});

}  // namespace linkaudit::log

// A shorthand for what was seen, so that a case of a test fits a line or two.
#pragma once

#include <string>
#include <string_view>

#include "audit/law/judge.h"

namespace linkaudit::law {

// "2021-09-17T12:00:00.001+08:00"; without an offset, Shanghai's; a date alone is noon there. Throws for nonsense.
Instant at(std::string text);

// Spans do not keep their texts: these here do, until the end.
std::string_view kept(const std::string& text);

// What a person said of a link, as an import writes it: a refusal is the host app's. The entry is the second.
Span attested(const std::string& link, const std::string& context, const std::string& when, probes::Outcome outcome,
              const std::string& observer);

// The same of taobao/item in wechat/group, the cell of most tests.
Span person(const std::string& when, probes::Outcome outcome, const std::string& observer = "ann");

// One probe of that cell, or `count` of them from `first` to `last`.
Span probe(probes::Tier tier, const std::string& when, probes::Outcome outcome, const std::string& source = "http");
Span probes_of(probes::Tier tier, const std::string& first, const std::string& last, std::int64_t count,
               probes::Outcome outcome, const std::string& source = "http");

// Changes of a span, for use in a row: with_blame(person(...), Blame::platform).
Span with_blame(Span span, probes::Blame blame);
Span with_steps(Span span, int steps);
Span with_valid_days(Span span, int days);
Span by_network_failure(Span span);
Span of_link(Span span, const std::string& link);

// A finding in a line: "breached confirmed blocked host; overdue 14 (0 unmeasured); relapsed". What is not said is
// absent or false.
std::string told(const Finding& finding);

}  // namespace linkaudit::law

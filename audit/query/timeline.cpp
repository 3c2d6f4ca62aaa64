#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "audit/law/calendar.h"
#include "audit/query/report_tables.h"
#include "audit/query/values.h"

namespace linkaudit::query {
namespace {

constexpr std::size_t kMostRows = 60;   // of one host app
constexpr std::size_t kMostBands = 60;  // of one row, the newest
constexpr int kMostLead = 2;            // times the span of what was seen
constexpr std::chrono::hours kLeastRoom{6};
constexpr std::chrono::days kNear{60};  // so long before is always shown

struct Track {
  std::vector<const log::SpanRow*> spans;  // in order of time
};

// By host app, then link, context, tier and source.
using Tracks = std::map<std::tuple<std::string, std::string, probes::Tier, std::string>, Track>;

std::string host_of(const std::string& context) {
  return context.substr(0, context.find('/'));
}

// Without the host app, in whose group it stands.
std::string own_name_of(const Reader& reader, const std::string& context) {
  const catalog::HostContext* found = catalog::find_context(reader.catalog, context);
  return found == nullptr ? context : in(reader.language, found->name);
}

reports::Band band_of(const Reader& reader, const log::SpanRow& span) {
  reports::Band band{span.first, span.last, badge(reader.language, span.outcome), "", span.first_entry};
  const auto day = [&](Instant at) { return law::format_date(law::date_at(at, reader.catalog.zone)); };
  band.text = formatted(reader, "timeline.band", day(span.first), day(span.last), span.count,
                        label(reader.language, span.blame));
  return band;
}

reports::TimelineRow row_of_track(const Reader& reader, const Tracks::value_type& track, bool with_source) {
  const auto& [link, context, tier, source] = track.first;
  reports::TimelineRow row;
  row.label = link + " · " + own_name_of(reader, context);
  if (with_source) row.label += " · " + speaker_of(source);
  row.tier_mark = tier_mark(tier);
  const auto& spans = track.second.spans;
  for (std::size_t i = spans.size() - std::min(spans.size(), kMostBands); i < spans.size(); ++i) {
    row.bands.push_back(band_of(reader, *spans[i]));
  }
  return row;
}

// Whether another source saw the same cell at the same tier.
bool has_rival(const Tracks& tracks, Tracks::const_iterator track) {
  const auto same = [&](Tracks::const_iterator other) {
    const auto& [link, context, tier, source] = track->first;
    const auto& [other_link, other_context, other_tier, other_source] = other->first;
    return std::tie(link, context, tier) == std::tie(other_link, other_context, other_tier);
  };
  const auto next = std::next(track);
  return (next != tracks.end() && same(next)) || (track != tracks.begin() && same(std::prev(track)));
}

// Those that changed most come first to be kept; all stay in their order.
std::vector<Tracks::const_iterator> kept_of(const Tracks& tracks) {
  std::vector<Tracks::const_iterator> all;
  for (auto track = tracks.begin(); track != tracks.end(); ++track) all.push_back(track);
  if (all.size() <= kMostRows) return all;
  std::vector<Tracks::const_iterator> ranked = all;
  std::stable_sort(ranked.begin(), ranked.end(), [](const auto& left, const auto& right) {
    return left->second.spans.size() > right->second.spans.size();
  });
  ranked.resize(kMostRows);
  std::set<const Track*> kept;
  for (const auto& track : ranked) kept.insert(&track->second);
  std::erase_if(all, [&](const auto& track) { return !kept.contains(&track->second); });
  return all;
}

void add_marks(const Reader& reader, Instant as_of, reports::Timeline& timeline) {
  const Instant seen = timeline.from;
  std::map<Instant, std::string> marks;
  for (const law::Obligation& each : reader.catalog.obligations) {
    const Instant begin = law::start_of_day(each.effective, each.zone);
    // One long before all that was seen would leave no room for that.
    if (begin > as_of || as_of - begin > std::max<Instant::duration>(kNear, kMostLead * (as_of - seen))) continue;
    marks.try_emplace(begin, in(reader.language, each.title));
    timeline.from = std::min(timeline.from, begin);
  }
  timeline.marks.assign(marks.begin(), marks.end());
}

}  // namespace

reports::Timeline timeline_of(const Reader& reader, const std::vector<log::SpanRow>& spans, Instant as_of) {
  std::map<std::string, Tracks> hosts;
  reports::Timeline timeline;
  timeline.title = heading_of(reader, "table.timeline");
  timeline.corner = heading_of(reader, "timeline.corner");
  timeline.from = timeline.to = as_of;
  std::set<probes::Outcome> seen;
  for (const log::SpanRow& span : spans) {
    if (span.link.empty()) continue;
    hosts[host_of(span.context)][{span.link, span.context, span.tier, span.source}].spans.push_back(&span);
    timeline.from = std::min(timeline.from, span.first);
    seen.insert(span.outcome);
  }
  add_marks(reader, as_of, timeline);
  timeline.to += std::max<Instant::duration>(kLeastRoom, (as_of - timeline.from) / 25);  // for what was seen last
  std::size_t left_out = 0;
  for (const catalog::Host& host : reader.catalog.hosts) {
    const auto found = hosts.find(host.id);
    if (found == hosts.end()) continue;
    reports::TimelineGroup group{in(reader.language, host.name), {}};
    const auto kept = kept_of(found->second);
    left_out += found->second.size() - kept.size();
    for (const auto& track : kept) {
      group.rows.push_back(row_of_track(reader, *track, has_rival(found->second, track)));
    }
    timeline.groups.push_back(std::move(group));
  }
  timeline.intro = word_of(reader, "table.timeline.intro");
  if (left_out > 0) timeline.intro += " " + formatted(reader, "timeline.left_out", left_out);
  for (const probes::Outcome outcome : probes::kOutcomes) {
    if (seen.contains(outcome)) timeline.legend.push_back(badge(reader.language, outcome));
  }
  return timeline;
}

reports::Table timeline_rows(const Reader& reader, std::vector<log::SpanRow> spans) {
  std::vector<reports::Row> rows;
  for (const log::SpanRow& span : spans) {
    rows.push_back({host_of(span.context), span.link, span.context, term(reader, span.tier), span.source,
                    badge(reader.language, span.outcome), term(reader, span.blame), span.first, span.last, span.count,
                    span.first_entry, span.last_entry});
  }
  return table_of(reader, "timeline",
                  {column(reader, "host", 12), column(reader, "link", 20), column(reader, "context", 20),
                   column(reader, "tier", 14), column(reader, "source", 24), column(reader, "outcome", 20),
                   column(reader, "blame", 14), column(reader, "first", 17), column(reader, "last", 17),
                   column(reader, "count", 8), column(reader, "first_entry", 10), column(reader, "last_entry", 10)},
                  std::move(rows));
}

}  // namespace linkaudit::query

// Spans from the newest backwards: enough to look at one instant, however long the history.
#include <algorithm>
#include <limits>
#include <unordered_map>
#include <utility>

#include "audit/log/log_state.h"
#include "audit/log/snapshot.h"
#include "audit/log/span_rows.h"

namespace linkaudit::log {
namespace {

constexpr std::int64_t kLatest = std::numeric_limits<std::int64_t>::max();

bool inside_the_log(Connection& connection, const Horizon& horizon) {
  Query query = connection.query("SELECT coalesce(max(seq), 0) FROM entry");
  return query.step() && horizon.known_entry && *horizon.known_entry < query.integer(0);
}

}  // namespace

struct SpansBackwards::State {
  // A stream and how far back it has been given.
  struct StreamBackwards {
    StreamRow stream;
    std::int64_t first = kLatest, first_entry = kLatest;  // of the last span given
    bool done = false;
  };

  // A span of the stream at this place in the list.
  struct SpanOfStream {
    std::size_t stream = 0;
    KeptSpan span;
  };

  State(const Log& of, const Horizon& at)
      : log(of), horizon(at), connection(of.state().connection), snapshot(connection), maker(connection) {
    if (inside_the_log(connection, horizon)) return;
    kept = true;
    Query query = connection.query(
        "SELECT s.id, c.link, c.platform, c.context, s.tier, s.observer, s.method, s.vantage FROM stream AS s "
        "CROSS JOIN cell AS c ON c.id = s.cell WHERE c.simulated = ? AND c.link <> '' ORDER BY s.id");
    for (query.with(horizon.simulated); query.step();) streams.push_back({stream_from(query)});
  }

  // Streams of which more is wanted, in their order.
  std::vector<std::size_t> open(const std::function<bool(const SpanRow&)>& wanted) const {
    std::vector<std::size_t> places;
    for (std::size_t place = 0; place < streams.size(); ++place) {
      if (!streams[place].done && wanted(streams[place].stream.row)) places.push_back(place);
    }
    return places;
  }

  // One more than `most` of each, so that it shows whether there are more.
  void read(const std::vector<std::size_t>& places, std::int64_t most) {
    for (const std::size_t place : places) {
      const StreamBackwards& from = streams[place];
      Query query = connection.query(
          "SELECT first, first_entry, last, last_entry, state, count, valid_days FROM span WHERE stream = ?1 "
          "AND first <= ?2 AND (first, first_entry) < (?3, ?4) ORDER BY first DESC, first_entry DESC LIMIT ?5");
      query.with(from.stream.number, milliseconds_of(horizon.as_of), from.first, from.first_entry, most + 1);
      while (query.step()) spans.push_back({place, kept_span_from(query, 0)});
    }
  }

  // The same for all streams in one sweep, which is faster for many: the newest of each.
  void sweep(std::int64_t most) {
    Query query = connection.query(
        "SELECT s.id, p.first, p.first_entry, p.last, p.last_entry, p.state, p.count, p.valid_days FROM stream AS s "
        "CROSS JOIN span AS p ON p.stream = s.id AND p.first <= ?1 AND p.first >= coalesce((SELECT q.first "
        "FROM span AS q WHERE q.stream = s.id AND q.first <= ?1 ORDER BY q.first DESC, q.first_entry DESC "
        "LIMIT 1 OFFSET ?2), -9223372036854775807) ORDER BY s.id, p.first DESC, p.first_entry DESC");
    std::size_t place = 0;
    for (query.with(milliseconds_of(horizon.as_of), most); query.step();) {
      const std::int64_t number = query.integer(0);
      while (place < streams.size() && streams[place].stream.number < number) ++place;
      if (place == streams.size()) return;
      if (streams[place].stream.number == number) spans.push_back({place, kept_span_from(query, 1)});
    }
  }

  // Ends the spans at as-of that go on after it: at most the newest of each stream.
  void cut() {
    std::unordered_map<std::int64_t, KeptSpan*> uncut;
    for (auto& [place, span] : spans) {
      if (instant_of(span.last) > horizon.as_of) uncut.emplace(streams[place].stream.number, &span);
    }
    cut_by_the_newest(uncut);
    for (const auto& [number, span] : uncut) maker.cut(number, horizon.as_of, *span);
  }

  // Where all is looked at in turn, the newest looks of all lie side by side; to look up each is slower. What has not
  // been found among some of them stays uncut.
  void cut_by_the_newest(std::unordered_map<std::int64_t, KeptSpan*>& uncut) {
    Query query = connection.query(
        "SELECT stream, at, entry, nth, valid_days FROM observation WHERE at <= ? ORDER BY at DESC, entry DESC "
        "LIMIT ?");
    const auto some = static_cast<std::int64_t>(2 * uncut.size());
    for (query.with(milliseconds_of(horizon.as_of), some); !uncut.empty() && query.step();) {
      const auto found = uncut.find(query.integer(0));
      if (found == uncut.end()) continue;
      KeptSpan& span = *found->second;
      span.last = query.integer(1);
      span.last_entry = query.integer(2);
      span.count = query.integer(3);
      span.valid_days = query.optional_integer(4);
      uncut.erase(found);
    }
  }

  void give(std::size_t most, const std::function<void(const SpanRow&)>& each) {
    for (std::size_t begin = 0, end = 0; begin < spans.size(); begin = end) {
      const std::size_t place = spans[begin].stream;
      while (end < spans.size() && spans[end].stream == place) ++end;
      const std::size_t given = std::min(end - begin, most);
      StreamBackwards& stream = streams[place];
      stream.done = given == end - begin;
      for (std::size_t index = begin; index < begin + given; ++index) {
        maker.fill(stream.stream.row, spans[index].span);
        stream.stream.row.earlier = !stream.done && index + 1 == begin + given;
        each(stream.stream.row);
      }
      stream.first = spans[begin + given - 1].span.first;
      stream.first_entry = spans[begin + given - 1].span.first_entry;
    }
  }

  void next(std::int64_t most, const std::function<bool(const SpanRow&)>& wanted,
            const std::function<void(const SpanRow&)>& each) {
    const std::vector<std::size_t> places = open(wanted);
    spans.clear();
    if (!begun && places.size() == streams.size()) {
      sweep(most);
    } else {
      read(places, most);
    }
    begun = true;
    cut();
    give(static_cast<std::size_t>(most), each);
  }

  const Log& log;
  Horizon horizon;
  Connection& connection;
  Snapshot snapshot;
  SpanRows maker;
  bool kept = false, begun = false;  // kept: the spans as they are kept can be used
  std::vector<StreamBackwards> streams;
  std::vector<SpanOfStream> spans;  // read, and not given yet
};

SpansBackwards::SpansBackwards(const Log& log, const Horizon& horizon)
    : state_(guarded(log.path(), [&] { return std::make_unique<State>(log, horizon); })) {}
SpansBackwards::SpansBackwards(SpansBackwards&&) noexcept = default;
SpansBackwards::~SpansBackwards() = default;

void SpansBackwards::next(std::int64_t most, const std::function<bool(const SpanRow& cell)>& wanted,
                          const std::function<void(const SpanRow&)>& each) {
  guarded(state_->log.path(), [&] {
    if (state_->kept) return state_->next(std::max<std::int64_t>(most, 1), wanted, each);
    if (std::exchange(state_->begun, true)) return;
    for (const SpanRow& row : spans(state_->log, state_->horizon)) {
      if (wanted(row)) each(row);
    }
  });
}

}  // namespace linkaudit::log

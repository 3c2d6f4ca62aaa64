#include "schedules/lint.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <stdexcept>

#include "schedules/civil_search.h"
#include "schedules/cron_field.h"
#include "schedules/words.h"
#include "schedules/zone_data.h"

namespace linkaudit::schedules {
namespace {

constexpr absl::Duration looked_ahead = absl::Hours(24 * 731);

// A step longer than its field: daemons that check it refuse it.
bool has_long_step(const CronField& field, std::string_view text) {
  for (auto slash = text.find('/'); slash != std::string_view::npos; slash = text.find('/', slash + 1)) {
    int step = 0;
    const auto parsed = std::from_chars(text.data() + slash + 1, text.data() + text.size(), step);
    const int values = field.high - field.low + (field.high == 7 ? 0 : 1);
    if (parsed.ec != std::errc{} || step >= values) return true;
  }
  return false;
}

void lint_fields(std::string_view expression, const Cron& cron, std::vector<CronCaution>& found) {
  const std::vector<std::string_view> words = words_of(expression);
  if (words.size() != cron_fields().size()) return;  // @daily and the like are read alike by all
  const bool some_days = cron.days_of_month.count() < 31, some_weekdays = !cron.days_of_week.all();
  if ((cron.any_day_of_month || cron.any_day_of_week) && some_days && some_weekdays) {
    found.push_back({Caution::star_days, "", {}});
  }
  for (std::size_t index = 0; index < words.size(); ++index) {
    const CronField& field = cron_fields()[index];
    if (!has_long_step(field, words[index])) continue;
    found.push_back({Caution::long_step, std::string(field.name), {}});
    break;
  }
  std::string_view week = words[4];
  while (!week.empty()) {
    const std::string_view element = week.substr(0, week.find(','));
    if (element.substr(0, element.find('/')).ends_with('7')) {
      found.push_back({Caution::sunday, "", {}});
      break;
    }
    week.remove_prefix(std::min(week.size(), element.size() + 1));
  }
}

// Whether a minute of the job lies in [first, last) of the calendar.
bool meets(const Cron& cron, absl::CivilSecond first, absl::CivilSecond last) {
  absl::CivilMinute from(first);
  if (absl::CivilSecond(from) < first) ++from;
  const auto match = first_match(cron, from);
  return match && absl::CivilSecond(*match) < last;
}

// A job of every hour loses or gains what the clock does, and nobody wonders.
void lint_changes(const Cron& cron, const Zone& zone, Instant from, std::vector<CronCaution>& found) {
  if (cron.follows_clock && cron.hours.all()) return;
  const absl::TimeZone& local = zone.data().zone;
  absl::Time at = absl::FromUnixMillis(from.time_since_epoch().count());
  const absl::Time end = at + looked_ahead;
  std::optional<CronCaution> leap, repeat;
  for (absl::TimeZone::CivilTransition change; local.NextTransition(at, &change);) {
    at = local.At(change.to).trans;
    if (at > end) break;
    const Instant instant{std::chrono::milliseconds(absl::ToUnixMillis(at))};
    if (!leap && change.from < change.to && meets(cron, change.from, change.to)) {
      leap = CronCaution{cron.follows_clock ? Caution::left_out : Caution::leapt, "", instant};
    }
    if (!repeat && change.to < change.from && meets(cron, change.to, change.from)) {
      repeat = CronCaution{cron.follows_clock ? Caution::twice : Caution::once, "", instant};
    }
  }
  if (leap) found.push_back(*leap);
  if (repeat) found.push_back(*repeat);
}

}  // namespace

std::string_view name(Caution caution) {
  switch (caution) {
    case Caution::never: return "never";
    case Caution::star_days: return "star_days";
    case Caution::long_step: return "long_step";
    case Caution::sunday: return "sunday";
    case Caution::leapt: return "leapt";
    case Caution::left_out: return "left_out";
    case Caution::once: return "once";
    case Caution::twice: return "twice";
  }
  throw std::logic_error("unknown Caution");
}

std::vector<CronCaution> lint(std::string_view expression, const Zone& zone, Instant from) {
  const auto cron = parse_cron(expression);
  if (!cron) throw std::invalid_argument(cron.error().text);
  std::vector<CronCaution> found;
  if (!next_after(*cron, zone, from)) found.push_back({Caution::never, "", {}});
  lint_fields(expression, *cron, found);
  lint_changes(*cron, zone, from, found);
  return found;
}

std::string sentence(const CronCaution& caution, const Zone& zone, std::string_view language) {
  std::string text(word(language, "caution." + std::string(name(caution.caution))));
  if (caution.caution == Caution::long_step) return fmt::format(fmt::runtime(text), caution.field);
  if (!caution.at) return text;
  const absl::Time at = absl::FromUnixMillis(caution.at->time_since_epoch().count());
  return fmt::format(fmt::runtime(text), absl::FormatTime("%Y-%m-%d", at, zone.data().zone));
}

}  // namespace linkaudit::schedules

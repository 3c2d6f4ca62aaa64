#include "schedules/explain.h"

#include <fmt/format.h>

#include <array>
#include <functional>
#include <vector>

#include "schedules/words.h"

namespace linkaudit::schedules {
namespace {

constexpr std::array<std::string_view, 12> months = {"jan", "feb", "mar", "apr", "may", "jun",
                                                     "jul", "aug", "sep", "oct", "nov", "dec"};
constexpr std::array<std::string_view, 7> weekdays = {"sun", "mon", "tue", "wed", "thu", "fri", "sat"};
constexpr std::size_t most_times = 12;  // more of them are told as minutes of hours

template <std::size_t size>
std::vector<int> values_of(const std::bitset<size>& bits) {
  std::vector<int> values;
  for (std::size_t bit = 0; bit < size; ++bit) {
    if (bits.test(bit)) values.push_back(static_cast<int>(bit));
  }
  return values;
}

class Teller {
 public:
  Teller(const Cron& cron, std::string_view language) : cron_(cron), language_(language) {}

  std::string time() const {
    const std::vector<int> minutes = values_of(cron_.minutes), hours = values_of(cron_.hours);
    if (cron_.hours.all()) {
      if (cron_.minutes.all()) return ours("time.every_minute");
      if (const int step = even_step(minutes)) return with("time.every_minutes", step);
      return with("time.minutes_each_hour", numbers(minutes));
    }
    if (minutes.size() * hours.size() > most_times) {
      return with("time.minutes_of_hours", numbers(minutes), numbers(hours));
    }
    std::string times;
    for (const int hour : hours) {
      for (const int minute : minutes) add(times, fmt::format("{:02}:{:02}", hour, minute));
    }
    return with("time.at", times);
  }

  std::string days() const {
    const bool every_day = cron_.days_of_month.count() == 31, every_weekday = cron_.days_of_week.all();
    const bool either = !cron_.any_day_of_month && !cron_.any_day_of_week;
    const std::string dates = numbers(values_of(cron_.days_of_month));
    const std::string names = named(values_of(cron_.days_of_week), [&](int day) {
      return ours("weekday." + std::string(weekdays[static_cast<std::size_t>(day)]));
    });
    if (every_day && every_weekday) return ours("day.every");
    if (either) return every_day || every_weekday ? ours("day.every") : with("day.either", dates, names);
    if (every_weekday) return with("day.dates", dates);
    if (every_day) return with("day.weekdays", names);
    return with("day.both", dates, names);
  }

  std::string months_named() const {
    return named(values_of(cron_.months),
                 [&](int month) { return ours("month." + std::string(months[static_cast<std::size_t>(month - 1)])); });
  }

  std::string ours(std::string_view key) const { return std::string(word(language_, key)); }
  template <typename... Values>
  std::string with(std::string_view key, const Values&... values) const {
    return fmt::format(fmt::runtime(ours(key)), values...);
  }

 private:
  // The N of */N where it divides the hour; 0 where it does not.
  static int even_step(const std::vector<int>& minutes) {
    if (minutes.size() < 2 || minutes.front() != 0 || 60 % minutes[1] != 0) return 0;
    for (std::size_t index = 0; index < minutes.size(); ++index) {
      if (minutes[index] != static_cast<int>(index) * minutes[1]) return 0;
    }
    return static_cast<int>(minutes.size()) * minutes[1] == 60 ? minutes[1] : 0;
  }

  void add(std::string& list, const std::string& item) const {
    if (!list.empty()) list += ours("explain.comma");
    list += item;
  }

  // Three and more in a row as a range.
  std::string named(const std::vector<int>& values, const std::function<std::string(int)>& name_of) const {
    std::string list;
    for (std::size_t first = 0; first < values.size();) {
      std::size_t last = first;
      while (last + 1 < values.size() && values[last + 1] == values[last] + 1) ++last;
      if (last - first >= 2) {
        add(list, with("explain.range", name_of(values[first]), name_of(values[last])));
      } else {
        for (std::size_t each = first; each <= last; ++each) add(list, name_of(values[each]));
      }
      first = last + 1;
    }
    return list;
  }
  std::string numbers(const std::vector<int>& values) const {
    return named(values, [](int value) { return std::to_string(value); });
  }

  const Cron& cron_;
  std::string_view language_;
};

}  // namespace

std::string explain(const Cron& cron, const Zone& zone, std::string_view language) {
  const Teller teller(cron, language);
  if (values_of(cron.months).size() == months.size()) {
    return teller.with("explain.sentence", teller.time(), teller.days(), zone.name());
  }
  return teller.with("explain.sentence_months", teller.time(), teller.days(), zone.name(), teller.months_named());
}

}  // namespace linkaudit::schedules

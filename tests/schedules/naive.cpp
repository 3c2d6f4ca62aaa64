#include "tests/schedules/naive.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <ctime>
#include <sstream>
#include <string_view>

namespace linkaudit::schedules::test {
namespace {

constexpr std::int64_t day = 24 * 60;

// The zone's clock by the C library, for as long as this lives. Tests of one program run one after the other.
class LibraryClock {
 public:
  explicit LibraryClock(const std::string& zone) {
    ::setenv("TZ", (":" + zone).c_str(), 1);
    ::tzset();
  }
  ~LibraryClock() {
    ::unsetenv("TZ");
    ::tzset();
  }
  LibraryClock(const LibraryClock&) = delete;
  LibraryClock& operator=(const LibraryClock&) = delete;

  std::int64_t minutes_shown(Instant instant) const {
    const std::time_t seconds = std::chrono::duration_cast<std::chrono::seconds>(instant.time_since_epoch()).count();
    std::tm local{};
    ::localtime_r(&seconds, &local);
    return (seconds + local.tm_gmtoff) / 60;
  }
};

int number(const std::string& text, std::string_view names, int first) {
  if (text.find_first_not_of("0123456789") == std::string::npos) return std::stoi(text);
  return static_cast<int>(names.find(text) / 4) + first;
}

// A field of small letters without names in other cases.
bool field_names(const std::string& field, int value, int low, int high, std::string_view names = "") {
  std::istringstream elements(field);
  for (std::string element; std::getline(elements, element, ',');) {
    const auto slash = element.find('/');
    const int step = slash == std::string::npos ? 1 : std::stoi(element.substr(slash + 1));
    const std::string base = element.substr(0, slash);
    const auto dash = base.find('-');
    const int first = base == "*" ? low : number(base.substr(0, dash), names, low);
    const int last = base == "*" ? high : dash == std::string::npos ? first : number(base.substr(dash + 1), names, low);
    if (value >= first && value <= last && (value - first) % step == 0) return true;
  }
  return false;
}

}  // namespace

class Matcher {
 public:
  explicit Matcher(const std::string& expression) {
    constexpr std::string_view month_names = "jan feb mar apr may jun jul aug sep oct nov dec";
    constexpr std::string_view day_names = "sun mon tue wed thu fri sat";
    std::istringstream words(expression);
    std::string minute, hour, day_of_month, month, weekday;
    words >> minute >> hour >> day_of_month >> month >> weekday;
    for (int value = 0; value < 60; ++value) {
      const auto place = static_cast<std::size_t>(value);
      minutes_[place] = field_names(minute, value, 0, 59);
      hours_[place] = field_names(hour, value, 0, 23);
      days_[place] = field_names(day_of_month, value, 1, 31);
      months_[place] = field_names(month, value, 1, 12, month_names);
      weekdays_[place] = field_names(weekday, value, 0, 7, day_names);
    }
    weekdays_[0] = weekdays_[0] || weekdays_[7];
    wildcard_ = minute[0] == '*' || hour[0] == '*';
    both_days_ = day_of_month[0] == '*' || weekday[0] == '*';
  }

  bool wildcard() const { return wildcard_; }

  bool matches(const Walk::Calendar& time) const {
    if (!minutes_[time.minute] || !hours_[time.hour] || !months_[time.month]) return false;
    const bool by_day = days_[time.day], by_weekday = weekdays_[time.weekday];
    return both_days_ ? by_day && by_weekday : by_day || by_weekday;
  }

 private:
  using Values = std::array<bool, 60>;

  Values minutes_{}, hours_{}, days_{}, months_{}, weekdays_{};
  bool wildcard_ = false, both_days_ = false;
};

Walk::Walk(const std::string& zone, Instant from, Instant until) : from_(from) {
  const LibraryClock clock(zone);
  for (Instant instant = from - std::chrono::minutes(3 * day); instant <= until; instant += std::chrono::minutes(1)) {
    minutes_.push_back({instant, clock.minutes_shown(instant)});
  }
  const auto [earliest, latest] = std::ranges::minmax_element(minutes_, {}, &Minute::shown);
  earliest_ = earliest->shown;
  for (std::int64_t shown = earliest_; shown <= latest->shown; ++shown) {
    const std::time_t seconds = shown * 60;
    std::tm time{};
    ::gmtime_r(&seconds, &time);
    const auto small = [](int value) { return static_cast<std::uint8_t>(value); };
    calendar_.push_back(
        {small(time.tm_min), small(time.tm_hour), small(time.tm_mday), small(time.tm_mon + 1), small(time.tm_wday)});
  }
}

bool Walk::clock_was_changed() const {
  return std::adjacent_find(minutes_.begin(), minutes_.end(), [](const Minute& left, const Minute& right) {
           return right.shown != left.shown + 1;
         }) != minutes_.end();
}

std::vector<Instant> Walk::fires(const std::string& expression) const {
  const Matcher matcher(expression);
  std::vector<Instant> fires;
  std::int64_t reached = minutes_.front().shown - 1;
  for (const Minute& minute : minutes_) {
    bool fire = false;
    if (matcher.wildcard()) {
      fire = matcher.matches(calendar(minute.shown));
    } else {
      while (reached < minute.shown) fire = matcher.matches(calendar(++reached)) || fire;
    }
    if (fire && minute.instant >= from_) fires.push_back(minute.instant);
  }
  return fires;
}

}  // namespace linkaudit::schedules::test

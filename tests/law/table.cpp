#include "tests/law/table.h"

#include <fstream>
#include <map>
#include <sstream>
#include <stdexcept>

#include "audit/law/calendar.h"
#include "tests/law/spans.h"

namespace linkaudit::law {
namespace {

using Texts = std::vector<std::string>;

Texts parted(const std::string& text, const std::string& separator) {
  Texts parts;
  std::size_t begin = 0;
  for (std::size_t end = 0; end != std::string::npos; begin = end + separator.size()) {
    end = text.find(separator, begin);
    parts.push_back(text.substr(begin, end == std::string::npos ? end : end - begin));
  }
  return parts;
}

Texts words_of(const std::string& text) {
  std::istringstream stream(text);
  Texts words;
  for (std::string word; stream >> word;) words.push_back(word);
  return words;
}

std::string trimmed(const std::string& text) {
  const auto begin = text.find_first_not_of(' ');
  return begin == std::string::npos ? "" : text.substr(begin, text.find_last_not_of(' ') - begin + 1);
}

// "tier:gateway" is {tier, gateway}; "shared" is {shared, ""}.
std::pair<std::string, std::string> option_of(const std::string& word) {
  const auto colon = word.find(':');
  if (colon == std::string::npos) return {word, ""};
  return {word.substr(0, colon), word.substr(colon + 1)};
}

template <typename Value>
Value known(const std::optional<Value>& value, const std::string& text) {
  if (!value) throw std::invalid_argument("\"" + text + "\" is not known");
  return *value;
}

class Table {
 public:
  void read_line(const std::string& line, int number) {
    const Texts columns = parted(line, "|");
    if (columns.size() == 1) return read_definition(words_of(line));
    if (columns.size() != 6) throw std::invalid_argument("has not six columns");
    TableCase& row = cases.emplace_back();
    row.line = number;
    name_law(row, parted(columns[0], " + "));
    for (const std::string& entry : parted(columns[1], ";")) add_entries(row, words_of(entry));
    row.as_of = at(trimmed(columns[2]));
    row.of = trimmed(columns[3]);
    row.finding = trimmed(columns[4]);
    row.reason = trimmed(columns[5]);
  }

  std::vector<TableCase> cases;

 private:
  struct NamedClause {
    Obligation obligation;
    bool shared = false;
  };

  void read_definition(const Texts& words) {
    if (words.empty() || words[0].starts_with('#')) return;
    if (words[0] == "clause") return read_clause(words);
    if (words[0] == "waiver") return read_waiver(words);
    throw std::invalid_argument("is neither a case nor a clause nor a waiver");
  }

  void read_clause(const Texts& words) {
    NamedClause& clause = clauses_[words.at(1)];
    Obligation& obligation = clause.obligation;
    obligation.id = words.at(1);
    obligation.effective = known(parse_date(words.at(2)), words.at(2));
    obligation.zone = words.at(3);
    for (std::size_t index = 4; index < words.size(); ++index) {
      const auto [key, value] = option_of(words[index]);
      const Texts values = parted(value, ",");
      if (key == "until")
        obligation.until = known(parse_date(value), value);
      else if (key == "tier")
        obligation.tier = known(probes::tier_from(value), value);
      else if (key == "steps")
        obligation.requires_.max_steps = std::stoi(value);
      else if (key == "shared")
        clause.shared = true;
      else if (key == "binds")
        bind(obligation, values);
      else if (key == "accepts")
        for (const auto& each : values)
          obligation.requires_.outcomes.push_back(known(probes::outcome_from(each), each));
      else if (key == "parity")
        for (const auto& each : values) obligation.requires_.parity.push_back(known(parity_from(each), each));
      else
        throw std::invalid_argument("\"" + key + "\" is no option of a clause");
    }
  }

  static void bind(Obligation& obligation, const Texts& parties) {
    obligation.binds_host = obligation.binds_platform = false;
    for (const std::string& party : parties)
      (party == "host" ? obligation.binds_host : obligation.binds_platform) = true;
  }

  void read_waiver(const Texts& words) {
    Waiver& waiver = waivers_[words.at(1)];
    waiver = {words.at(1),
              {},
              "migration",
              "head of compliance",
              known(parse_date(words.at(2)), words.at(2)),
              known(parse_date(words.at(3)), words.at(3)),
              words.at(4)};
    const auto [key, value] = option_of(words.at(5));
    (key == "link" ? waiver.scope.terms.links : waiver.scope.terms.platforms) = {value};
  }

  void name_law(TableCase& row, const Texts& names) {
    const NamedClause& clause = clauses_.at(trimmed(names[0]));
    row.obligation = clause.obligation;
    row.shared_gateway = clause.shared;
    for (std::size_t index = 1; index < names.size(); ++index)
      row.waivers.push_back(waivers_.at(trimmed(names[index])));
  }

  static void add_entries(TableCase& row, const Texts& words) {
    if (words.empty()) return;
    probes::Observation seen = by_whom(words.at(0));
    seen.link = "taobao/item";
    seen.outcome = known(probes::outcome_from(words.at(2)), words.at(2));
    const auto opens = probes::opens_directly(seen.outcome);
    seen.blame = !opens ? probes::Blame::unknown : *opens ? probes::Blame::none : probes::Blame::host;
    for (std::size_t index = 3; index < words.size(); ++index) set_option(seen, words[index]);
    seen.platform = seen.link.substr(0, seen.link.find('/'));
    const auto range = words.at(1).find("..");
    if (range == std::string::npos) {
      seen.at = at(words[1]);
      row.seen.push_back(seen);
      return;
    }
    const auto star = words[1].find('*');
    const Instant first = at(words[1].substr(0, range)), last = at(words[1].substr(range + 2, star - range - 2));
    const int count = std::stoi(words[1].substr(star + 1));
    for (int look = 0; look < count; ++look) {
      seen.at = first + (last - first) * look / (count - 1);
      row.seen.push_back(seen);
    }
  }

  static probes::Observation by_whom(const std::string& who) {
    probes::Observation seen;
    seen.vantage = "local";
    seen.tier = who == "http" ? probes::Tier::target : who == "gateway" ? probes::Tier::gateway : probes::Tier::in_app;
    if (who == "http" || who == "gateway" || who == "client") return seen;
    seen.method = "attestation";
    seen.observer = who;
    return seen;
  }

  static void set_option(probes::Observation& seen, const std::string& word) {
    const auto [key, value] = option_of(word);
    if (key == "of")
      seen.link = value;
    else if (key == "by")
      seen.blame = known(probes::blame_from(value), value);
    else if (key == "steps")
      seen.steps = std::stoi(value);
    else if (key == "shown")
      seen.presentation = known(probes::presentation_from(value), value);
    else if (key == "valid")
      seen.valid_days = std::stoi(value);
    else if (key == "everywhere")
      seen.context_specific = false;
    else if (key == "failing")
      seen.failure = probes::Failure{probes::FailureName::tcp_timeout};
    else
      throw std::invalid_argument("\"" + key + "\" is no option of an entry");
  }

  std::map<std::string, NamedClause> clauses_;
  std::map<std::string, Waiver> waivers_;
};

}  // namespace

std::vector<TableCase> read_table(const std::string& path) {
  std::ifstream file(path);
  Table table;
  int number = 0;
  for (std::string line; std::getline(file, line);) {
    ++number;
    if (line.starts_with('#')) continue;
    try {
      table.read_line(line, number);
    } catch (const std::exception& error) {
      throw std::invalid_argument(path + ":" + std::to_string(number) + ": " + error.what());
    }
  }
  return std::move(table.cases);
}

}  // namespace linkaudit::law

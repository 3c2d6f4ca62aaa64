#include "audit/law/judge.h"

#include <algorithm>
#include <deque>
#include <iterator>
#include <map>
#include <string_view>

#include "audit/law/placed.h"
#include "audit/law/question.h"

namespace linkaudit::law {
namespace {

using Parts = std::vector<std::span<const PlacedSpan>>;

// The histories of one part at a time: they are the largest thing that judging makes.
class Reader {
 public:
  Reader(const Policy& policy, const Parts& parts, Instant as_of) : policy_(policy), parts_(parts), as_of_(as_of) {}

  template <typename Each>
  void for_each(Each each) {
    for (const auto part : parts_) {
      if (!histories_ || parts_.size() > 1) histories_.emplace(policy_, part, as_of_);
      each(*histories_);
    }
  }

 private:
  const Policy& policy_;
  const Parts& parts_;
  Instant as_of_;
  std::optional<Histories> histories_;
};

class Judge {
 public:
  Judge(const Policy& policy, Instant as_of, Detail detail)
      : waivers_(waivers_in_force(policy.waivers, as_of)), asking_{policy, as_of, detail, waivers_} {
    for (const Obligation& obligation : policy.obligations) clauses_.emplace_back(obligation);
    grids_.resize(clauses_.size(), Grid(policy.platforms.size()));
  }

  // `spans`: of these platforms in the context, all that is compared with one another among them. Contexts in the
  // policy's order. Where any are compared it is told first, part by part, how all are treated.
  void add(std::size_t context, const std::vector<std::size_t>& platforms, std::span<const PlacedSpan> spans) {
    std::deque<Question> questions;
    for (const Clause& clause : clauses_) questions.emplace_back(asking_, clause, context, platforms);
    std::vector<Question*> comparing;
    for (Question& question : questions) {
      if (question.compares()) comparing.push_back(&question);
    }
    const Parts parts = parts_of(spans);
    Reader reader(asking_.policy, parts, asking_.as_of);
    if (!comparing.empty()) {
      reader.for_each([&](const Histories& histories) {
        for (Question* question : comparing) question->tell(histories);
      });
    }
    for (Question* question : comparing) question->told();
    reader.for_each([&](const Histories& histories) {
      for (Question& question : questions) question.answer(histories);
    });
    for (std::size_t number = 0; number < questions.size(); ++number) {
      for (const std::size_t platform : platforms) {
        if (auto finding = questions[number].take_finding(platform))
          grids_[number][platform].push_back(std::move(*finding));
      }
    }
  }

  std::vector<Finding> take_findings() {
    std::vector<Finding> findings;
    for (std::size_t number = 0; number < clauses_.size(); ++number) {
      const std::size_t before = findings.size();
      for (auto& of_platform : grids_[number]) {
        findings.insert(findings.end(), std::make_move_iterator(of_platform.begin()),
                        std::make_move_iterator(of_platform.end()));
      }
      if (findings.size() == before) findings.push_back(unchecked(clauses_[number]));
    }
    return findings;
  }

 private:
  using Grid = std::vector<std::vector<Finding>>;  // by platform, then context

  // A clause of whose scope the policy has nothing still counts.
  Finding unchecked(const Clause& clause) const {
    Finding finding;
    finding.obligation = clause.obligation->id;
    if (!clause.in_force(asking_.as_of)) finding.status = Status::not_due;
    return finding;
  }

  std::vector<const Waiver*> waivers_;
  Asking asking_;
  std::vector<Clause> clauses_;
  std::vector<Grid> grids_;  // by clause
};

// Platforms of one category, by their places: they are compared with one another, and with no others.
std::vector<std::vector<std::size_t>> categories_of(const Policy& policy) {
  std::map<std::string_view, std::vector<std::size_t>> categories;
  for (std::size_t place = 0; place < policy.platforms.size(); ++place) {
    categories[policy.platforms[place].category].push_back(place);
  }
  std::vector<std::vector<std::size_t>> places;
  for (auto& [category, platforms] : categories) places.push_back(std::move(platforms));
  return places;
}

std::vector<PlacedSpan> of_platforms(const std::vector<PlacedSpan>& spans, const std::vector<std::size_t>& platforms) {
  std::vector<PlacedSpan> found;
  std::copy_if(spans.begin(), spans.end(), std::back_inserter(found), [&](const PlacedSpan& span) {
    return std::binary_search(platforms.begin(), platforms.end(), span.platform);
  });
  return found;
}

}  // namespace

std::vector<Finding> judge(const Policy& policy, std::span<const Span> spans, Instant as_of, Detail detail) {
  Judge judge(policy, as_of, detail);
  auto placed = placed_by_context(policy, spans, as_of);
  const auto categories = categories_of(policy);
  for (std::size_t context = 0; context < placed.size(); ++context) {
    const std::vector<PlacedSpan> here = std::move(placed[context]);
    for (const auto& platforms : categories) {
      const bool all = categories.size() == 1;  // no need of a copy
      judge.add(context, platforms, all ? std::span(here) : std::span<const PlacedSpan>(of_platforms(here, platforms)));
    }
  }
  return judge.take_findings();
}

}  // namespace linkaudit::law

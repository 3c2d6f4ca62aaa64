// The classification rules, compiled once.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "probes/classify.h"
#include "probes/page/patterns.h"
#include "probes/page/text_looks.h"

namespace linkaudit::probes {

// Any number of threads may use it.
class CompiledRules {
 public:
  explicit CompiledRules(const std::vector<Rule>& rules);  // must outlive this

  // What can be asked of one page. Made once for a page, so that its text is searched once for all rules.
  struct Looked {
    const SeenPage& page;
    std::string host;  // of the URL
    std::vector<bool> url;
    std::shared_ptr<const TextLook> text;
  };
  Looked look(const SeenPage& page) const;

  // Looks at a page's text beforehand.
  void prepare(const std::shared_ptr<const PageFacts>& page) const { text_look(page); }

  std::size_t size() const { return compiled_.size(); }

  // Whether the rule's patterns hold, its exceptions first.
  bool holds(std::size_t rule, const Looked& looked) const;

 private:
  struct CompiledCondition {
    const Condition* given = nullptr;
    int url_regex = -1, title_regex = -1, body_regex = -1;
    std::vector<int> body_any, body_all;
    std::shared_ptr<const re2::RE2> header;
  };
  struct CompiledRule {
    CompiledCondition when;
    std::vector<CompiledCondition> not_if;
  };
  CompiledCondition compile(const Condition& condition, const std::string& owner);
  static bool holds(const CompiledCondition& condition, const Looked& looked);

  std::shared_ptr<const TextLook> text_look(const std::shared_ptr<const PageFacts>& page) const {
    return looks_.of(page, [this](const PageFacts& facts) { return look_at_text(facts); });
  }
  TextLook look_at_text(const PageFacts& page) const;

  PatternSet urls_, titles_, bodies_;
  mutable TextLooks looks_;
  std::vector<CompiledRule> compiled_;
};

}  // namespace linkaudit::probes

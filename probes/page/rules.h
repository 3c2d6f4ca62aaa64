// The classification rules, compiled once.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "probes/classify.h"
#include "probes/page/body_look.h"
#include "probes/page/patterns.h"
#include "probes/page/text_looks.h"

namespace linkaudit::probes {

// Any number of threads may use it.
class CompiledRules {
 public:
  explicit CompiledRules(const std::vector<Rule>& rules);  // must outlive this

  struct TextLook {
    std::vector<bool> title;  // by number of pattern
    BodyLook body;
  };

  // What can be asked of one page. Made once for a page, so that its text is searched once for all rules.
  struct Looked {
    const SeenPage& page;
    std::string host;  // of the URL
    std::vector<bool> url;
    std::shared_ptr<const TextLook> text;  // null without a page
  };
  Looked look(const SeenPage& page) const;

  std::size_t size() const { return compiled_.size(); }

  // Whether the rule's patterns hold and none of its exceptions.
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
  bool holds(const CompiledCondition& condition, const Looked& looked) const;
  bool body_holds(const CompiledCondition& condition, const Looked& looked) const;

  PatternSet urls_, titles_, bodies_;
  mutable TextLooks<TextLook> looks_;
  std::vector<CompiledRule> compiled_;
};

}  // namespace linkaudit::probes

// The words of one tier of a cell at an instant: what each of its sources said last.
#pragma once

#include <vector>

#include "audit/law/cell.h"
#include "audit/law/tier_state.h"

namespace linkaudit::law {

// Walks forward in time: the instants asked for must not go back.
class WordsAt {
 public:
  explicit WordsAt(const std::vector<Source>& sources) : sources_(&sources), spoken_(sources.size(), 0) {}
  // Begins at an instant in the middle.
  WordsAt(const std::vector<Source>& sources, Instant from);

  // One word for each source that has spoken, as tier_state() takes them: two when the source said two things at its
  // latest instant; and a soft word leaves the source's last hard one beside it. Valid until the next call.
  std::vector<WordAt>& words(Instant now);

 private:
  void add_word_of(const Source& source, std::size_t spoken, Instant now);
  // What the source said at that instant, of its first `runs` runs.
  bool add_all(const Source& source, std::size_t runs, Instant said_at, Instant now);

  const std::vector<Source>* sources_;
  std::vector<std::size_t> spoken_;  // by source: runs that have begun
  std::vector<WordAt> words_;
};

}  // namespace linkaudit::law

// What the words at one tier of one cell come to at an instant: who holds, and whether there is a dispute.
#pragma once

#include <vector>

#include "audit/law/run.h"

namespace linkaudit::law {

struct TierState {
  const Run* holder = nullptr;  // the word that holds; in a dispute the newest; nothing when no source has spoken
  Instant unbroken{};  // words from then on that agree with the holder bear it out; earlier ones were overruled
  bool fresh = false;  // what holds rests on a fresh word
  bool disputed = false, soft = false;

  bool settled() const { return fresh && !disputed && !soft; }
};

// `words` has one word for each source, two for a source that said two things at its latest instant, and its
// last hard word beside a soft one; they are put in order of time. The order in which words of one instant arrive does
// not matter.
//
// The words are taken in order of time. A word that differs from the one that holds, while that one is fresh and at
// most `window` old, opens a dispute; otherwise the newer holds. A strictly newer word that agrees with a side ends the
// dispute, and holds. A side older than `window`, or no longer fresh, drops out; the newest never does. Words of equal
// instants that differ are in dispute until a newer one comes: neither replaces the other.
//
// Soft words neither open a dispute nor hold against fresh hard ones; two sources that agree make each other hard.
//
// A word that has been overruled by a newer one does not come back when the newer one ages: then nothing fresh holds.
TierState tier_state(std::vector<WordAt>& words, Instant now, Duration window);

}  // namespace linkaudit::law

// One writing transaction: the writer lock, all or nothing, durable on return.
#pragma once

#include <SQLiteCpp/Transaction.h>

#include "audit/log/log_state.h"

namespace linkaudit::log {

// What was learnt in a transaction that did not come about.
inline void forget(Log::State& state) {
  state.projector.forget();
  state.known_facts = {};
  state.range = CompactRange();
}

// What was committed stays so whatever happens here; but what an fsync could not write makes the Log write no more.
inline void shorten_wal(Log::State& state) {
  try {
    state.wal.shorten(state.connection);
  } catch (const SQLite::Exception& error) {
    state.broken = is_fatal_for_writing(error);
  }
}

template <typename Work>
auto transact(Log::State& state, const Work& work) {
  if (!state.lock) throw LogRefused(state.path + ": is open for reading only");
  if (state.broken) throw LogError(state.path + ": an earlier write failed; open it again to go on");
  const Locked locked(*state.lock, state.path, state.patience);
  try {
    SQLite::Transaction transaction(state.connection.database(), SQLite::TransactionBehavior::IMMEDIATE);
    auto result = work();
    transaction.commit();
    shorten_wal(state);
    return result;
  } catch (const SQLite::Exception& error) {
    const int system_error = state.connection.last_write_error();
    forget(state);
    state.broken = is_fatal_for_writing(error);
    throw_log_error(state.path, error, system_error);
  } catch (...) {
    forget(state);
    throw;
  }
}

}  // namespace linkaudit::log

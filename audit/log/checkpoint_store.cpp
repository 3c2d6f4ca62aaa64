#include "audit/log/checkpoint_store.h"

#include "audit/log/last_signer.h"
#include "audit/log/signed_note.h"
#include "audit/log/transact.h"

namespace linkaudit::log {
namespace {

constexpr const char* kNewest = "SELECT number, at, size, note FROM checkpoint ORDER BY number DESC LIMIT 1";

KeptCheckpoint row_of(const Query& row) {
  return {row.integer(0), instant_of(row.integer(1)), row.integer(2), row.text(3)};
}

std::optional<KeptCheckpoint> first_of(Query query) {
  return query.step() ? std::optional(row_of(query)) : std::nullopt;
}

std::optional<KeptCheckpoint> newest(Log::State& state) {
  return first_of(state.connection.query(kNewest));
}

// The tree as it stands, under a name.
Checkpoint head_of(Log::State& state, const std::string& origin) {
  std::vector<Digest> peaks;
  const std::int64_t size = state.size();
  for (const NodePlace place : peaks_of(size)) peaks.push_back(state.node(place));
  return {origin, size, root_of_peaks(state.hasher, peaks), {}};
}

// Another program may have handed over since this one read its key.
void require_signer(Log::State& state, const SigningKey& key) {
  const auto last = newest(state);
  const auto signer = last ? signer_after(last->note) : std::nullopt;
  if (!signer || signer->is(key.public_key())) return;
  throw KeyLost(state.path + ": is signed by " + signer->name + " since entry " + std::to_string(signer->size) +
                ", no more by the key at hand; ledger checkpoint signs with the new one");
}

KeptCheckpoint keep(Log::State& state, const Checkpoint& head, std::span<const SigningKey* const> keys, Instant at) {
  const auto last = newest(state);
  KeptCheckpoint kept{last ? last->number + 1 : 1, at, head.size, sign_note(text_of(head), keys)};
  if (last && last->size > head.size) {
    throw LogError(state.path + ": holds a checkpoint of " + std::to_string(last->size) + " entries, but only " +
                   std::to_string(head.size) + " entries");
  }
  if (last && last->note == kept.note) return *last;  // Ed25519 signs the same text in the same way
  state.connection.query("INSERT INTO checkpoint VALUES (?, ?, ?, ?)")
      .with(kept.number, milliseconds_of(kept.at), kept.size, kept.note)
      .run();
  return kept;
}

}  // namespace

KeptCheckpoint keep_checkpoint(Log& log, const SigningKey& key, Instant at) {
  return transact(log.state(), [&] {
    const SigningKey* const keys[] = {&key};
    require_signer(log.state(), key);
    return keep(log.state(), head_of(log.state(), key.public_key().name), keys, at);
  });
}

KeptCheckpoint hand_over(Log& log, const SigningKey& from, const SigningKey& to, Instant at) {
  return transact(log.state(), [&] {
    const SigningKey* const keys[] = {&from, &to};
    require_signer(log.state(), from);
    Checkpoint head = head_of(log.state(), from.public_key().name);
    head.extensions.push_back(hand_over_line(to.public_key()));
    return keep(log.state(), head, keys, at);
  });
}

KeptCheckpoint begin_anew(Log& log, const SigningKey& key, const std::string& lost, Instant at) {
  return transact(log.state(), [&] {
    const SigningKey* const keys[] = {&key};
    Checkpoint head = head_of(log.state(), key.public_key().name);
    head.extensions.push_back(lost_key_line(lost));
    return keep(log.state(), head, keys, at);
  });
}

std::vector<KeptCheckpoint> checkpoints(const Log& log) {
  return guarded(log.path(), [&] {
    std::vector<KeptCheckpoint> all;
    Query query = log.state().connection.query("SELECT number, at, size, note FROM checkpoint ORDER BY number");
    while (query.step()) all.push_back(row_of(query));
    return all;
  });
}

std::optional<KeptCheckpoint> checkpoint_over(const Log& log, std::int64_t size) {
  return guarded(log.path(), [&] {
    Query query = log.state().connection.query(
        "SELECT number, at, size, note FROM checkpoint WHERE size >= ? ORDER BY size, number LIMIT 1");
    return first_of(std::move(query.with(size)));
  });
}

std::optional<KeptCheckpoint> newest_checkpoint(const Log& log) {
  return guarded(log.path(), [&] { return newest(log.state()); });
}

}  // namespace linkaudit::log

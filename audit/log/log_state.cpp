#include "audit/log/log_state.h"

namespace linkaudit::log {
namespace {

constexpr std::size_t kMostFactsKept = 4096;
constexpr std::chrono::seconds kClosingPatience{2};

std::string dictionary_of(Connection& connection, const std::string& path) {
  return guarded(path, [&] {
    Query query = connection.query("SELECT data FROM dictionary WHERE id = 1");
    if (!query.step()) throw LogDamaged(path + ": is damaged: its dictionary is missing");
    return std::string(query.bytes(0));
  });
}

}  // namespace

Log::State::State(std::string file, Connection opened, std::optional<WriterLock> writer_lock)
    : path(std::move(file)),
      connection(std::move(opened)),
      lock(std::move(writer_lock)),
      packer(dictionary_of(connection, path)),
      projector(connection) {
  if (lock) wal.watch(connection);
}

Log::State::~State() {
  // SQLite checkpoints when the last connection closes: only with the lock held. Without it the -wal file stays, and
  // the next writer moves it.
  try {
    if (!lock || broken || !lock->acquire(kClosingPatience)) return;
    connection.set_checkpoint_on_close(true);
    connection.close();
    lock->release();
  } catch (const std::exception&) {
    // Nothing is lost: what is in the -wal file is read from there.
  }
}

std::int64_t Log::State::size() {
  Query query = connection.query("SELECT coalesce(max(seq), 0) FROM entry");
  query.step();
  return query.integer(0);
}

Digest Log::State::node(NodePlace place) {
  Query query = place.level == 0 ? connection.query("SELECT leaf FROM entry WHERE seq = ?")
                                 : connection.query("SELECT hash FROM node WHERE number = ?");
  query.with(place.level == 0 ? place.index + 1 : node_number(place));
  const auto digest = query.step() ? digest_from_bytes(query.bytes(0)) : std::nullopt;
  if (!digest) {
    throw LogDamaged(path + ": is damaged: no tree node at level " + std::to_string(place.level) + ", index " +
                     std::to_string(place.index));
  }
  return *digest;
}

std::string Log::State::record(std::string_view stored) {
  return !stored.empty() && stored.front() == '{' ? std::string(stored) : packer.unpack(stored);
}

const probes::Observation& Log::State::facts(const Digest& digest) {
  const std::string key(bytes_of(digest));
  if (const auto found = kept_facts.find(key); found != kept_facts.end()) return found->second;
  if (kept_facts.size() >= kMostFactsKept) kept_facts.clear();
  Query query = connection.query("SELECT data FROM fact WHERE digest = ?");
  if (!query.with(bytes_of(digest)).step()) throw std::invalid_argument("facts " + to_hex(digest) + " are missing");
  return kept_facts.emplace(key, read_facts(record(query.bytes(0)))).first->second;
}

NewObservation Log::State::observation(std::string_view record, RecordHead* head) {
  return read_observation(
      record, [this](const Digest& digest) -> const probes::Observation& { return facts(digest); }, head);
}

NewEntry Log::State::content(EntryType type, std::string_view record, RecordHead* head) {
  switch (type) {
    case EntryType::observation:
    case EntryType::attestation: return observation(record, head);
    case EntryType::gap: return read_gap(record, head);
    case EntryType::run: return read_run(record, head);
    case EntryType::catalog: return read_catalog(record, head);
    case EntryType::annotation:
      if (is_remark(record)) return read_remark(record, head);
      return read_annotation(record, head);
    case EntryType::waiver: return read_waiver(record, head);
    case EntryType::report: return read_report(record, head);
  }
  throw std::invalid_argument("a record of type " + std::string(name(type)) + " is not known here");
}

}  // namespace linkaudit::log

// The case file: one SQLite database whose `entry` table is the only truth, with a Merkle tree over it.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "probes/observation.h"

namespace linkaudit::log {

using Instant = std::chrono::sys_time<std::chrono::milliseconds>;  // UTC
using Digest = std::array<std::uint8_t, 32>;

enum class EntryType { observation, attestation, gap, run, waiver, annotation, catalog, report };
std::string_view name(EntryType type);
std::optional<EntryType> entry_type_from(std::string_view name);

// A planned observation that did not happen.
struct Gap {
  Instant at{};                         // when it was planned; by hand: when it was known that it would not happen
  std::string link, context, schedule;  // schedule "" for a run by hand
  std::string reason;                   // missed, overlap, own_line_down, cancelled, no_url
  std::string method = "http", vantage;
  bool simulated = false;
  std::string detail{};  // what is behind the reason, for people

  bool operator==(const Gap&) const = default;
};

// One run of the tool: written when it ends.
struct RunRecord {
  Instant at{};  // begin
  Instant ended{};
  std::string trigger;  // due, all, check, demo
  std::string schedule;
  std::string vantage;
  bool simulated = false;
  std::int64_t planned = 0, observed = 0;
  std::vector<std::pair<std::string, std::int64_t>> gaps;  // reason -> how many, sorted
  std::string catalog_version;                             // sha256 of the catalog text, hex
  bool operator==(const RunRecord&) const = default;
};

// A catalog version that observations were made under.
struct CatalogRecord {
  Instant at{};
  std::string sha256;
  std::string text;                    // stored once, as a blob
  std::vector<std::string> schedules;  // ids of those enabled: from here on their fires count

  bool operator==(const CatalogRecord&) const = default;
};

// What is said of an earlier entry. All but a note take back what was seen: from its own entry on that counts no more,
// but it stays. A reclassification puts the same look, judged by newer rules, in its place.
enum class AnnotationKind { note, withdrawal, correction, reclassification };
std::string_view name(AnnotationKind kind);
std::optional<AnnotationKind> annotation_kind_from(std::string_view name);

struct Annotation {
  Instant at{};  // when it was said
  AnnotationKind kind = AnnotationKind::note;
  std::int64_t about = 0;        // the entry
  std::string by, note;          // who, and why
  std::int64_t replacement = 0;  // of the last two kinds: what stands in its place, of the same cell
  bool simulated = false;        // as what it is about

  bool operator==(const Annotation&) const = default;
};
// As a replacement when it is appended: the one just before it in the same append, be it new or known.
inline constexpr std::int64_t kEntryBefore = -1;

// A waiver that came into a catalog, changed there or went, as it was when it was last known.
enum class WaiverChange { added, changed, withdrawn };
std::string_view name(WaiverChange change);
std::optional<WaiverChange> waiver_change_from(std::string_view name);

struct WaiverRecord {
  Instant at{};  // when that was noticed
  WaiverChange change = WaiverChange::added;
  std::string id, justification, approver, from, expires, zone;   // dates YYYY-MM-DD
  std::map<std::string, std::vector<std::string>> scope, except;  // platforms -> ids ...
  std::vector<std::string> obligations = {};                      // that it speaks of; none: of all
  std::optional<Instant> last_known;                              // of one that went: when it was still there
  std::string catalog_version;                                    // in which it was noticed
  bool simulated = false;

  bool operator==(const WaiverRecord&) const = default;
};

// What an officer wrote beside a finding of a report. Of each finding the newest holds; one without words takes back.
struct Remark {
  Instant at{};  // when it was brought in
  std::string obligation, platform, context;
  std::string owner, action, due, text;  // due: YYYY-MM-DD, or ""
  std::string source;                    // the file it was read from, by its SHA-256
  bool simulated = false;

  bool is_empty() const { return owner.empty() && action.empty() && due.empty() && text.empty(); }
  bool operator==(const Remark&) const = default;
};

// A report that was given out.
struct IssuedReport {
  Instant at{};                             // when
  Instant as_of{};                          // of what it says
  std::optional<Instant> since;             // where its changes begin
  std::optional<std::int64_t> known_entry;  // when it was bounded
  std::string report, language, file;       // which of the catalog's reports; the file's name alone
  std::string sha256;                       // of the file
  std::int64_t bytes = 0;                   // of the file
  std::int64_t tree_size = 0;               // of the checkpoint that it carries
  std::string root, catalog_version;        // of that, hex
  std::vector<std::string> options;         // others that it was made with, as given
  bool simulated = false;

  bool operator==(const IssuedReport&) const = default;
};

// A schedule's fire that has been dealt with: kept with the observation or gap it led to.
struct Fire {
  std::string schedule;
  Instant planned{};
  std::string reason;  // on_time, late, caught_up, manual

  bool operator==(const Fire&) const = default;
};

struct NewObservation {
  probes::Observation observation;  // method "attestation" makes an attestation entry
  std::optional<Fire> fire;
};

using NewEntry =
    std::variant<NewObservation, Gap, RunRecord, CatalogRecord, Annotation, WaiverRecord, Remark, IssuedReport>;

struct Entry {
  std::int64_t seq = 0;
  Instant at{}, recorded_at{};
  EntryType type = EntryType::observation;
  std::string record;  // canonical JSON (RFC 8785)
  Digest leaf{};       // RFC 6962 leaf hash of `record`
};

// The log cannot go on: damaged, disk full, the writer lock not given in time. One line that names the file.
class LogError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// The file given is the wrong one: not ours, of a newer schema, read-only where writing was asked.
class LogRefused : public LogError {
 public:
  using LogError::LogError;
};

// An annotation that cannot be: of an entry that is not there, is nothing that was seen, or was taken back already.
class EntryRefused : public LogError {
 public:
  using LogError::LogError;
};

struct Blob {
  std::string sha256;     // hex, of the content
  std::string bytes;      // at most kLargestBlob
  std::string kind;       // manifest, heads, body; screenshot, catalog
  bool digested = false;  // `sha256` was just taken of these very bytes, and need not be taken again to be believed
  // What helps to store it in little room, and changes nothing else: a name that is the same for all that look alike,
  // as the pages of one place; of a manifest the digests (hex) that it gives, those of its header blocks first.
  std::string alike = {};
  std::vector<std::string> parts = {};
};
inline constexpr std::size_t kLargestBlob = 32U << 20U;

// Blobs that are wanted only until others take their place: what a slot held is dropped when the slot is filled anew,
// perhaps with nothing, unless it is wanted elsewhere.
struct SlotBlobs {
  std::string slot;
  std::vector<Blob> blobs;
};

// A blob without its content.
struct BlobInfo {
  std::string sha256, kind;
  std::int64_t bytes = 0, stored_bytes = 0;  // stored: compressed
  Instant recorded_at{};                     // when it was first stored
};

// Move-only; one thread at a time. Any number of readers; one writer at a time, waited for.
class Log {
 public:
  // Opens for reading and writing, creating the file when it is not there. Migrates after a backup.
  static Log open(const std::string& path);
  // A read-only copy can be read; throws LogError when there is no such file.
  static Log open_read_only(const std::string& path);
  Log(Log&&) noexcept;
  Log& operator=(Log&&) noexcept;
  ~Log();

  // All or nothing, durable on return. Returns the numbers given, in order; 0 for those that the log already has
  // (same content bar recorded_at; only attestations are compared). `blobs` that are already there are skipped; then
  // `slots` are filled in their order. Throws EntryRefused for an annotation that cannot be.
  std::vector<std::int64_t> append(std::span<const NewEntry> entries, Instant recorded_at,
                                   std::span<const Blob> blobs = {}, std::span<const SlotBlobs> slots = {});

  // Drops blobs, all or none; returns how many. `choose` says which, by sha256, and may read this log meanwhile: nobody
  // writes between its look and the end. Only evidence of probes goes (manifest, heads, body), never an entry.
  std::size_t drop_blobs(const std::function<std::vector<std::string>()>& choose);

  // Lets go of what is remembered so that appending is fast, some 300 bytes a cell. It is learnt again when needed.
  void rest();

  std::int64_t size() const;  // of the tree = number of entries
  Digest root() const;        // RFC 6962 root of the whole tree
  Digest root_at(std::int64_t size) const;
  std::optional<Entry> entry(std::int64_t seq) const;
  // Entries in order, from > to inclusive bounds; stops when `each` returns false.
  void for_each_entry(std::int64_t first, std::int64_t last, const std::function<bool(const Entry&)>& each) const;
  std::optional<std::string> blob(const std::string& sha256) const;
  // In order of their digests; stops when `each` returns false. Contents are not read.
  void for_each_blob(const std::function<bool(const BlobInfo&)>& each) const;

  // Re-hashes every entry and the tree, checks projections against entries; the first thing that does not fit.
  std::optional<std::string> verify() const;

  // The SQLite file behind it, for audit/query's read-only SELECTs.
  const std::string& path() const;

  // Something that whoever reads should be told, in one line: a read-only copy came without its -wal file. Else "".
  const std::string& notice() const;

  struct State;
  State& state() const;  // for the sources of audit/log alone

 private:
  explicit Log(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

std::string to_hex(const Digest& digest);

}  // namespace linkaudit::log

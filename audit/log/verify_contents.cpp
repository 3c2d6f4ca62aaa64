// What stands beside the entries, by digest: is it what its digest says, and is it there.
#include <fmt/format.h>

#include "audit/log/blob_text.h"
#include "audit/log/verify.h"
#include "audit/log/verify_evidence.h"

namespace linkaudit::log {
namespace {

// The first entry that names this blob, if one does.
std::optional<std::int64_t> first_to_name(Log::State& state, const std::string& sha256) {
  const std::string quoted = '"' + sha256 + '"';  // as a record gives a digest
  for (Query row = state.connection.query("SELECT seq, record FROM entry ORDER BY seq"); row.step();) {
    if (state.record(row.bytes(1)).find(quoted) != std::string::npos) return row.integer(0);
  }
  return std::nullopt;
}

// "entry 12: its manifest 34ab...", or without the entry when none names it.
std::string named(Log::State& state, const std::string& kind, const std::string& sha256) {
  const auto entry = first_to_name(state, sha256);
  return (entry ? fmt::format("entry {}: its ", *entry) : std::string()) + kind + " " + sha256;
}

std::string which(const std::string& kind, const std::optional<Digest>& digest) {
  return kind + " " + (digest ? to_hex(*digest) : std::string("without a digest"));
}

std::optional<std::string> check_facts(Log::State& state) {
  for (Query row = state.connection.query("SELECT digest, data FROM fact"); row.step();) {
    const auto digest = digest_from_bytes(row.bytes(0));
    try {
      if (!digest || state.hasher(state.record(row.bytes(1))) != *digest) {
        return which("facts", digest) + ": its content has another digest";
      }
    } catch (const SQLite::Exception&) {
      throw;
    } catch (const std::runtime_error& error) {
      return which("facts", digest) + ": cannot be unpacked: " + error.what();
    }
  }
  return std::nullopt;
}

std::optional<std::string> check_blob(Log::State& state, BlobTexts& texts, const Query& row) {
  const auto digest = digest_from_bytes(row.bytes(1));
  const auto text = texts.text(row.integer(0));
  if (!text) return std::nullopt;
  if (!digest || state.hasher(*text) != *digest) return which("blob", digest) + ": its content has another digest";
  if (row.integer(2) != static_cast<std::int64_t>(text->size())) {
    return which("blob", digest) + ": column size is not that of its content";
  }
  if (row.integer(3) == 0) return std::nullopt;
  const auto part = missing_part(state, *text);
  if (!part) return std::nullopt;
  return named(state, "manifest", to_hex(*digest)) + ": its part " + *part;
}

// Those that are packed after the same one together.
std::optional<std::string> check_blobs(Log::State& state) {
  BlobTexts texts(state);
  Query row = state.connection.query(
      "SELECT id, digest, size, lasting = 1 AND kind = 'manifest' FROM blob WHERE data IS NOT NULL "
      "ORDER BY coalesce(base, id), id");
  while (row.step()) {
    try {
      if (auto problem = check_blob(state, texts, row)) return problem;
    } catch (const SQLite::Exception&) {
      throw;
    } catch (const std::runtime_error& error) {
      const auto digest = digest_from_bytes(row.bytes(1));
      const bool of_entry = digest && row.integer(3) != 0;
      return (of_entry ? named(state, "manifest", to_hex(*digest)) : which("blob", digest)) +
             ": cannot be unpacked: " + error.what();
    }
  }
  return std::nullopt;
}

std::string missing(Log::State& state, const std::string& kind, const std::string& sha256) {
  return named(state, kind, sha256) + " is missing, though it was not pruned";
}

std::optional<std::string> check_presence(Log::State& state) {
  Query lost = state.connection.query(
      "SELECT kind, lower(hex(digest)) FROM blob WHERE lasting = 1 AND data IS NULL "
      "ORDER BY kind NOT IN ('screenshot', 'catalog', 'manifest'), digest LIMIT 1");
  if (lost.step()) return missing(state, lost.text(0), lost.text(1));
  Query newest = state.connection.query(
      "SELECT lower(hex(digest)) FROM slot AS s WHERE NOT EXISTS (SELECT 1 FROM blob AS b WHERE "
      "substr(b.digest, 1, 4) = substr(s.digest, 1, 4) AND b.digest = s.digest AND b.data IS NOT NULL) "
      "ORDER BY digest LIMIT 1");
  if (newest.step()) return missing(state, "newest evidence", newest.text(0));
  return std::nullopt;
}

}  // namespace

std::optional<std::string> verify_contents(Log::State& state) {
  if (auto problem = check_facts(state)) return problem;
  if (auto problem = check_blobs(state)) return problem;
  return check_presence(state);
}

}  // namespace linkaudit::log

// What stands beside the entries, by digest: is it what its digest says, and is it there.
#include <fmt/format.h>

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

std::optional<std::string> check_contents(Log::State& state, const char* sql, const std::string& kind) {
  for (Query row = state.connection.query(sql); row.step();) {
    const auto digest = digest_from_bytes(row.bytes(0));
    const std::string which = kind + " " + (digest ? to_hex(*digest) : std::string("without a digest"));
    try {
      const std::string text = state.record(row.bytes(1));
      if (!digest || state.hasher(text) != *digest) return which + ": its content has another digest";
      if (const auto size = row.optional_integer(2); size && *size != static_cast<std::int64_t>(text.size())) {
        return which + ": column size is not that of its content";
      }
      if (row.optional_integer(3).value_or(0) == 0) continue;
      if (const auto part = missing_part(state, text)) {
        return named(state, "manifest", to_hex(*digest)) + ": its part " + *part;
      }
    } catch (const SQLite::Exception&) {
      throw;
    } catch (const std::runtime_error& error) {
      return which + ": cannot be unpacked: " + error.what();
    }
  }
  return std::nullopt;
}

std::string missing(Log::State& state, const std::string& kind, const std::string& sha256) {
  return named(state, kind, sha256) + " is missing, though it was not pruned";
}

std::optional<std::string> check_presence(Log::State& state) {
  Query lost = state.connection.query(
      "SELECT kind, lower(hex(digest)) FROM kept AS k WHERE pruned = 0 AND NOT EXISTS "
      "(SELECT 1 FROM blob AS b WHERE b.digest = k.digest AND b.lasting = 1) "
      "ORDER BY kind NOT IN ('screenshot', 'catalog', 'manifest'), digest LIMIT 1");
  if (lost.step()) return missing(state, lost.text(0), lost.text(1));
  Query newest = state.connection.query(
      "SELECT lower(hex(digest)) FROM slot AS s WHERE NOT EXISTS (SELECT 1 FROM blob AS b WHERE b.digest = s.digest) "
      "ORDER BY digest LIMIT 1");
  if (newest.step()) return missing(state, "newest evidence", newest.text(0));
  Query stray = state.connection.query(
      "SELECT lower(hex(digest)) FROM blob AS b WHERE lasting = 1 AND NOT EXISTS "
      "(SELECT 1 FROM kept AS k WHERE k.digest = b.digest AND k.pruned = 0) ORDER BY digest LIMIT 1");
  if (stray.step()) return "blob " + stray.text(0) + " is not among what was kept";
  Query other = state.connection.query(
      "SELECT k.kind, lower(hex(digest)), b.kind FROM blob AS b JOIN kept AS k USING (digest) "
      "WHERE b.lasting = 1 AND b.kind <> k.kind ORDER BY digest LIMIT 1");
  if (other.step()) return named(state, other.text(0), other.text(1)) + " is stored as " + other.text(2);
  return std::nullopt;
}

}  // namespace

std::optional<std::string> verify_contents(Log::State& state) {
  if (auto problem = check_contents(state, "SELECT digest, data, NULL, NULL FROM fact", "facts")) return problem;
  if (auto problem =
          check_contents(state, "SELECT digest, data, size, lasting = 1 AND kind = 'manifest' FROM blob", "blob")) {
    return problem;
  }
  return check_presence(state);
}

}  // namespace linkaudit::log

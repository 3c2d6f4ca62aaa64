// Letting go of blobs: what is packed after one of them is packed anew before.
#include <algorithm>
#include <map>
#include <unordered_set>

#include "audit/log/blob_text.h"
#include "audit/log/transact.h"

namespace linkaudit::log {
namespace {

class Dropping {
 public:
  Dropping(Log::State& state, const std::vector<std::string>& chosen) : state_(state), texts_(state) {
    for (const std::string& sha256 : chosen) {
      const auto digest = digest_from_hex(sha256);
      const auto id = digest ? texts_.find(*digest) : std::nullopt;
      if (!id) continue;
      Query row = state_.connection.query(
          "SELECT 1 FROM blob WHERE id = ? AND kind IN ('manifest', 'heads', 'body') AND data IS NOT NULL");
      if (row.with(*id).step()) ids_.insert(*id);
    }
  }

  std::size_t run() {
    for (const auto& [base, after] : packed_after_them()) pack_without(base, after);
    for (const std::int64_t id : made_of_them()) pack_without_parts(id);
    for (const std::int64_t id : ids_) drop(id);
    return ids_.size();
  }

 private:
  // By what goes: what stays and is packed after it, the newest last.
  std::map<std::int64_t, std::vector<std::int64_t>> packed_after_them() {
    std::map<std::int64_t, std::vector<std::int64_t>> found;
    Query row = state_.connection.query("SELECT id, base FROM blob WHERE base IS NOT NULL ORDER BY id");
    while (row.step()) {
      if (ids_.contains(row.integer(1)) && !ids_.contains(row.integer(0))) {
        found[row.integer(1)].push_back(row.integer(0));
      }
    }
    return found;
  }

  // What stays though one of its parts goes, which nobody should ask for.
  std::vector<std::int64_t> made_of_them() {
    std::vector<std::int64_t> found;
    Query row = state_.connection.query("SELECT id, parts FROM blob WHERE parts IS NOT NULL");
    while (row.step()) {
      const std::string parts = row.text(1);
      const auto numbers = numbers_in(parts);
      const auto goes = [this](std::int64_t part) { return ids_.contains(part); };
      if (!ids_.contains(row.integer(0)) && std::any_of(numbers.begin(), numbers.end(), goes)) {
        found.push_back(row.integer(0));
      }
    }
    return found;
  }

  void pack_without_parts(std::int64_t id) {
    std::vector<std::int64_t> after;
    {
      Query row = state_.connection.query("SELECT id FROM blob WHERE base = ?");
      for (row.with(id); row.step();) after.push_back(row.integer(0));
    }
    for (const std::int64_t each : after) pack(each, id, "");
    pack(id, base_of(id), "");
  }

  // The newest that was to stay is what the others are packed after from now on: it will be there the longest.
  void pack_without(std::int64_t base, const std::vector<std::int64_t>& after) {
    std::int64_t next = 0;
    for (const std::int64_t id : after) {
      if (state_.connection.query("SELECT 1 FROM blob WHERE id = ? AND lasting = 1").with(id).step()) next = id;
    }
    if (next != 0) pack(next, 0, parts_of(next));
    for (const std::int64_t id : after) {
      if (id != next) pack(id, next, parts_of(id));
    }
    if (next != 0) {
      state_.connection.query("UPDATE base SET blob = ?2 WHERE blob = ?1").with(base, next).run();
    }
  }

  std::string parts_of(std::int64_t id) {
    Query row = state_.connection.query("SELECT parts FROM blob WHERE id = ?");
    return row.with(id).step() ? row.text(0) : std::string();
  }

  std::int64_t base_of(std::int64_t id) {
    Query row = state_.connection.query("SELECT base FROM blob WHERE id = ?");
    return row.with(id).step() ? row.optional_integer(0).value_or(0) : 0;
  }

  void pack(std::int64_t id, std::int64_t base, const std::string& parts) {
    const auto text = texts_.text(id);
    if (!text) return;
    const std::string data =
        base == 0 ? state_.packer.pack(*text) : state_.packer.pack_after(texts_.before(base, parts), *text);
    state_.connection.query("UPDATE blob SET base = nullif(?2, 0), parts = nullif(?3, ''), data = ?4 WHERE id = ?1")
        .with(id, base, parts, std::string_view(data))
        .run();
  }

  void drop(std::int64_t id) {
    state_.connection.query("DELETE FROM slot WHERE digest = (SELECT digest FROM blob WHERE id = ?)").with(id).run();
    state_.connection.query("DELETE FROM base WHERE blob = ?").with(id).run();
    state_.connection.query("DELETE FROM blob WHERE id = ? AND lasting = 0").with(id).run();
    state_.connection.query("UPDATE blob SET lasting = 2, base = NULL, parts = NULL, data = NULL WHERE id = ?")
        .with(id)
        .run();
  }

  Log::State& state_;
  BlobTexts texts_;
  std::unordered_set<std::int64_t> ids_;
};

}  // namespace

std::size_t Log::drop_blobs(const std::function<std::vector<std::string>()>& choose) {
  return transact(*state_, [&] { return Dropping(*state_, choose()).run(); });
}

}  // namespace linkaudit::log

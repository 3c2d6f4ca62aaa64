// The entries, one by one, and the tree over them.
#include <algorithm>
#include <vector>

#include "audit/log/entry_queue.h"
#include "audit/log/instant_text.h"
#include "audit/log/interchange.h"
#include "audit/log/verify.h"

namespace linkaudit::log {
namespace {

std::string entry_name(std::int64_t seq) {
  return "entry " + std::to_string(seq);
}

// The facts that are stored, and which of them entries name.
class FactCheck {
 public:
  explicit FactCheck(Log::State& state) {
    for (Query row = state.connection.query("SELECT digest FROM fact ORDER BY digest"); row.step();) {
      if (const auto digest = digest_from_bytes(row.bytes(0))) stored_.push_back(*digest);
    }
    named_.resize(stored_.size());
  }

  void take(const Digest& named) {
    if (named == last_) return;
    last_ = named;
    const auto found = std::lower_bound(stored_.begin(), stored_.end(), named);
    if (found != stored_.end() && *found == named) named_[static_cast<std::size_t>(found - stored_.begin())] = true;
  }

  std::optional<std::string> problem() const {
    const auto stray = std::find(named_.begin(), named_.end(), false);
    if (stray == named_.end()) return std::nullopt;
    return "facts " + to_hex(stored_[static_cast<std::size_t>(stray - named_.begin())]) + " are named by no entry";
  }

 private:
  std::vector<Digest> stored_;  // in order
  std::vector<bool> named_;
  Digest last_{};
};

// Hashes the entries in order, compares what is stored of them and of the tree, and hands on what they say.
class EntryCheck {
 public:
  EntryCheck(Log::State& state, EntryQueue& queue) : state_(state), queue_(queue), facts_(state) {}

  std::optional<std::string> run() {
    Query row = state_.connection.query("SELECT seq, at, recorded_at, type, record, leaf FROM entry ORDER BY seq");
    while (row.step() && !problem_) check(row);
    if (!problem_) check_node_count();
    if (!problem_ && !unreadable_) problem_ = facts_.problem();
    queue_.end(unreadable_);
    return misfit_ ? misfit_under(state_, misfit_->first, misfit_->second) : problem_;
  }

 private:
  void check(const Query& row) {
    const std::int64_t seq = row.integer(0), expected = range_.size() + 1;
    if (seq != expected) return fail(entry_name(expected) + " is missing");
    std::string record;
    try {
      record = state_.record(row.bytes(4));
    } catch (const std::exception& error) {
      return fail(entry_name(seq) + ": its record cannot be unpacked: " + error.what());
    }
    const Digest leaf = leaf_hash(state_.hasher, record);
    if (bytes_of(leaf) != row.bytes(5)) return fail(entry_name(seq) + ": its record does not have its leaf hash");
    std::optional<RecordHead> head;
    auto content = content_of(row, record, head);
    if (!head) head = head_of(record);
    check_columns(row, head);
    if (problem_) return;
    if (head->facts) facts_.take(*head->facts);
    range_.add(state_.hasher, leaf, [&](NodePlace place, const Digest& hash) { check_node(place, hash); });
    if (content && !unreadable_) queue_.push({seq, head->recorded_at, std::move(*content), head->kept});
  }

  // Nothing where it cannot be read, which is told only when nothing else is wrong: its facts may be at fault.
  std::optional<NewEntry> content_of(const Query& row, const std::string& record, std::optional<RecordHead>& head) {
    try {
      const auto type = entry_type_from(row.text(3));
      if (!type) throw std::invalid_argument("its type is not known");
      RecordHead read;
      auto content = state_.content(*type, record, &read);
      read.type = type_of(content);
      head = read;
      return content;
    } catch (const SQLite::Exception&) {
      throw;
    } catch (const LogError&) {
      throw;
    } catch (const std::exception& error) {
      if (!unreadable_) unreadable_ = entry_name(row.integer(0)) + ": " + error.what();
      return std::nullopt;
    }
  }

  std::optional<RecordHead> head_of(const std::string& record) {
    try {
      return read_head(record);
    } catch (const std::invalid_argument& error) {
      fail(entry_name(range_.size() + 1) + ": " + error.what());
      return std::nullopt;
    }
  }

  void check_columns(const Query& row, const std::optional<RecordHead>& head) {
    if (!head) return;
    const char* const wrong = milliseconds_of(head->at) != row.integer(1)            ? "at"
                              : milliseconds_of(head->recorded_at) != row.integer(2) ? "recorded_at"
                              : name(head->type) != row.text(3)                      ? "type"
                                                                                     : nullptr;
    if (wrong != nullptr) fail(entry_name(row.integer(0)) + ": column " + wrong + " is not that of its record");
  }

  void check_node(NodePlace place, const Digest& hash) {
    if (problem_) return;
    Query query = state_.connection.query("SELECT hash FROM node WHERE number = ?");
    if (query.with(node_number(place)).step() && query.bytes(0) == bytes_of(hash)) return;
    misfit_ = {place, hash};
    problem_ = "a node of the tree does not fit";  // whose fault it is, is found out when nothing else is being read
  }

  void check_node_count() {
    Query query = state_.connection.query("SELECT count(*), max(number) FROM node");
    query.step();
    if (query.integer(0) != node_count(range_.size())) fail("the tree has nodes that no entry leads to");
  }

  void fail(std::string problem) {
    if (!problem_) problem_ = std::move(problem);
  }

  Log::State& state_;
  EntryQueue& queue_;
  FactCheck facts_;
  CompactRange range_;
  std::optional<std::string> problem_, unreadable_;
  std::optional<std::pair<NodePlace, Digest>> misfit_;
};

}  // namespace

std::optional<std::string> verify_entries(Log::State& state, EntryQueue& queue) {
  return EntryCheck(state, queue).run();
}

}  // namespace linkaudit::log

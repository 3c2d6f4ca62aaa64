// The checkpoints beside the database, one signed note after another, each followed by an empty line. The file only
// grows. Kept elsewhere, it shows when the whole database was put back to an earlier state.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "audit/log/checkpoint_store.h"
#include "audit/log/log.h"

namespace linkaudit::log {

std::string checkpoint_file_of(const std::string& database);  // <database>.checkpoints

// The notes in a text; what is cut short at its end, as a crash leaves it, is no note and left out.
std::vector<std::string> notes_in(std::string_view text);

// The last whole note of the file, "" when there is none. To be read before the log is opened: meanwhile others write
// on, to the log first.
std::string last_note_of(const std::string& file);

// Throws LogRefused when this log does not fit such a note of the file: then the database was put back to an earlier
// state, or is another one, and whoever writes to it would sign a second history.
void require_fit(const Log& log, const std::string& file, const std::string& note);

// What is wrong with the notes of the file beside a log as a list of all that this signed, up to the last in it;
// nothing when all are there.
std::optional<std::string> missing_in_file(const std::vector<KeptCheckpoint>& kept,
                                           const std::vector<std::string>& notes);

// Adds the log's checkpoints that the file lacks, durable on return; a note cut short at the file's end is replaced.
// Throws LogError when the file cannot be written, or, adding nothing, when it ends with a checkpoint that this log
// does not fit.
void write_checkpoints(const Log& log, const std::string& file);

}  // namespace linkaudit::log

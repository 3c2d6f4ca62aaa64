// A history that anybody can make again, and what happens to it among several processes.
#pragma once

#include <string>
#include <vector>

#include "tests/log/case_file.h"
#include "tests/log/samples.h"

namespace linkaudit::log {

// The n-th entry of a writer's history, from 0; so many that states and links change.
NewEntry nth(std::int64_t number, const std::string& writer = "p");
std::vector<NewEntry> batch(std::int64_t first, std::int64_t count, const std::string& writer = "p");

// Which entries of that history a log holds, in order of entry: the number of each as text.
std::vector<std::string> numbers_in(const Log& log, const std::string& writer = "p");
std::vector<std::string> first_numbers(std::size_t count);

// Appends in a child until it has said so often that a batch is written, kills it, and expects exactly a prefix of the
// history in the log, in whole batches, with all that the child was told was written.
void kill_while_appending(const CaseFile& file, int acknowledged_before_the_kill);

// Appends batches from so many processes at once, and expects all of them in the log.
void append_from_several(int writers, int batches);

}  // namespace linkaudit::log

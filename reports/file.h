// A file that is either the old one or the whole new one.
#pragma once

#include <functional>
#include <iosfwd>
#include <string>

namespace linkaudit::reports {

// `write` gets the name of an empty file beside `path`; when it returns, that file is flushed to disk and renamed to
// `path`, keeping the mode of the file that was there. Temporary files that a killed process left for the same path are
// removed first. When anything throws or fails, the temporary file is removed
// and what was there stays. A symbolic link is followed; a path that is there and is no regular file is refused.
// Throws std::runtime_error with one line that names the path.
void replace_file(const std::string& path, const std::function<void(const std::string& temporary)>& write);

// The same, writing to a stream.
void replace_file_by_stream(const std::string& path, const std::function<void(std::ostream&)>& write);

}  // namespace linkaudit::reports

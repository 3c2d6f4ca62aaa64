#include "audit/bundle/archive.h"

#include <Poco/DateTime.h>
#include <Poco/Exception.h>
#include <Poco/Path.h>
#include <Poco/Zip/Compress.h>
#include <Poco/Zip/ZipArchive.h>
#include <Poco/Zip/ZipStream.h>

#include <set>
#include <sstream>

namespace linkaudit::bundle {
namespace {

std::string read_part(std::istream& archive, const Poco::Zip::ZipLocalFileHeader& header, std::size_t most) {
  Poco::Zip::ZipInputStream in(archive, header);
  std::string bytes;
  char buffer[65536];
  while (in.read(buffer, sizeof buffer) || in.gcount() > 0) {
    bytes.append(buffer, static_cast<std::size_t>(in.gcount()));
    if (bytes.size() > most) throw Unreadable("is larger than any bundle");
  }
  if (!in.crcValid()) throw Unreadable("is damaged: " + header.getFileName() + " does not have its checksum");
  return bytes;
}

// What the archive's own list at its end says is in it, as other programs read it; a part that stands elsewhere than
// that list says, or under another name, is a trick or damage.
const Poco::Zip::ZipLocalFileHeader& listed_part(const Poco::Zip::ZipArchive& directory, const std::string& name,
                                                 const Poco::Zip::ZipFileInfo& listed) {
  const auto found = directory.findHeader(name);
  if (found == directory.headerEnd() || static_cast<Poco::UInt64>(found->second.getStartPos()) != listed.getOffset()) {
    throw Unreadable("is damaged: " + name + " is not where it should be");
  }
  return found->second;
}

// Programs that read from the front would see the others.
void require_all_listed(const Poco::Zip::ZipArchive& directory) {
  std::set<std::string> listed;
  for (auto each = directory.fileInfoBegin(); each != directory.fileInfoEnd(); ++each) listed.insert(each->first);
  for (auto found = directory.headerBegin(); found != directory.headerEnd(); ++found) {
    if (!listed.contains(found->first)) {
      throw Unreadable("is damaged: " + found->first + " is not in its list at the end");
    }
  }
}

}  // namespace

std::string zip(const Parts& parts) {
  std::ostringstream out;
  Poco::Zip::Compress archive(out, true);
  const Poco::DateTime always(1980, 1, 1);  // a bundle says itself when what was seen
  for (const auto& [name, bytes] : parts) {
    std::istringstream in(bytes);
    archive.addFile(in, always, Poco::Path(name, Poco::Path::PATH_UNIX), Poco::Zip::ZipCommon::CM_DEFLATE,
                    Poco::Zip::ZipCommon::CL_NORMAL);
  }
  archive.close();
  return out.str();
}

Parts unzip(const std::string& archive) {
  if (!archive.starts_with("PK\x03\x04")) throw Unreadable("is no zip archive");
  const std::size_t end = archive.rfind("PK\x05\x06");  // the end of its directory, of 22 bytes
  if (end == std::string::npos || archive.size() - end < 22) throw Unreadable("is no whole zip archive");
  try {
    std::istringstream in(archive);
    const Poco::Zip::ZipArchive directory(in);
    Parts parts;
    require_all_listed(directory);
    std::size_t left = kMostBytes;
    for (auto listed = directory.fileInfoBegin(); listed != directory.fileInfoEnd(); ++listed) {
      const std::string& name = listed->first;
      if (parts.size() == kMostParts) throw Unreadable("is larger than any bundle");
      in.clear();
      std::string bytes = read_part(in, listed_part(directory, name, listed->second), left);
      left -= bytes.size();
      if (name.ends_with('/') && bytes.empty()) continue;
      if (!is_part_name(name)) throw Unreadable(name + " is no part of a bundle");
      if (!parts.emplace(name, std::move(bytes)).second) throw Unreadable("has a part twice: " + name);
    }
    return parts;
  } catch (const Poco::AssertionViolationException&) {  // its text names a line of Poco's own source
    throw Unreadable("is no whole zip archive, or has a part that its list at the end does not name");
  } catch (const Poco::Exception& error) {
    throw Unreadable("is no whole zip archive: " + error.displayText());
  }
}

}  // namespace linkaudit::bundle

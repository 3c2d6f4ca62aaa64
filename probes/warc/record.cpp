#include "probes/warc/record.h"

#include <fmt/format.h>

#include <ostream>

#include "probes/page/digest.h"

namespace linkaudit::probes {
namespace {

// All fields but those that come first: type and names.
std::string rest_of_head(const WarcRecord& record) {
  WarcFields fields = {{"WARC-Date", warc_date(record.date)}};
  fields.insert(fields.end(), record.fields.begin(), record.fields.end());
  fields.emplace_back("WARC-Block-Digest", "sha256:" + sha256_hex(record.block));
  fields.emplace_back("Content-Type", record.content_type);
  fields.emplace_back("Content-Length", std::to_string(record.block.size()));
  return in_lines(fields);
}

// The first 128 bits of a SHA-256 with the version, 8, and the variant put in.
std::string uuid_of(std::string digest) {
  constexpr std::string_view variants = "89ab";
  digest[12] = '8';
  const int bits = digest[16] <= '9' ? digest[16] - '0' : digest[16] - 'a' + 10;
  digest[16] = variants[static_cast<std::size_t>(bits & 3)];
  const std::string_view hex = digest;
  return fmt::format("<urn:uuid:{}-{}-{}-{}-{}>", hex.substr(0, 8), hex.substr(8, 4), hex.substr(12, 4),
                     hex.substr(16, 4), hex.substr(20, 12));
}

}  // namespace

SealedRecord::SealedRecord(WarcRecord record, std::string_view beside)
    : type_(std::move(record.type)), rest_of_head_(rest_of_head(record)), block_(std::move(record.block)) {
  // The block is in there by its digest.
  id_ = uuid_of(sha256_hex(fmt::format("{}\r\n{}\r\n{}", type_, rest_of_head_, beside)));
}

void SealedRecord::write(std::ostream& out, const std::string& warcinfo_id) const {
  WarcFields names = {{"WARC-Type", type_}, {"WARC-Record-ID", id_}};
  if (!warcinfo_id.empty()) names.emplace_back("WARC-Warcinfo-ID", warcinfo_id);
  out << "WARC/1.1\r\n" << in_lines(names) << rest_of_head_ << "\r\n" << block_ << "\r\n\r\n";
}

}  // namespace linkaudit::probes

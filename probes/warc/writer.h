// Writes evidence as a WARC 1.1 file: warcinfo, then request, response and metadata of each exchange. What is written
// depends on the values given alone, so writing the same again gives the same bytes.
#pragma once

#include <iosfwd>
#include <string>
#include <string_view>
#include <unordered_set>

#include "probes/evidence.h"
#include "probes/warc/fields.h"

namespace linkaudit::probes {

// An exchange with its place in its leg.
struct ArchivedExchange {
  const ExchangeEvidence& exchange;
  Leg leg = Leg::context;
  int hop = 0;                       // index, from 0
  std::string_view previous_url;     // of the hop before; "" for the first
  const Failure* failure = nullptr;  // how its leg ended here
  WarcFields notes;                  // more for its metadata record
};

// Keeps a number of some bytes for each exchange, nothing of its content. The stream must outlive it; whether writing
// went well is for the stream's owner to ask.
class WarcWriter {
 public:
  // `about`: what the warcinfo record says, after software and format. `software`: which program wrote such a file
  // before, when it is to be made again; "": this one.
  WarcWriter(std::ostream& out, Instant date, const WarcFields& about, std::string_view software = {});

  // The records of one exchange; nothing when they are in the file already (several contexts share a control leg).
  // Only what there was is written: no request when none was sent, no response when none came.
  void add(const ArchivedExchange& archived);

  // A metadata record that holds a document of JSON about what was written before it.
  void add_document(Instant date, std::string_view url, const WarcFields& fields, std::string json);

 private:
  std::ostream& out_;
  std::string warcinfo_id_;
  std::unordered_set<std::string> written_;  // names of the exchanges' metadata records
};

}  // namespace linkaudit::probes

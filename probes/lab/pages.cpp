#include "probes/lab/pages.h"

#include <Poco/URI.h>

namespace linkaudit::probes {

LabAnswer redirect_to(std::string location, int status) {
  LabAnswer answer;
  answer.status = status;
  answer.location = std::move(location);
  return answer;
}

LabAnswer html(std::string body, int status) {
  LabAnswer answer;
  answer.status = status;
  answer.body = std::move(body);
  return answer;
}

std::string escape_html(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    switch (c) {
      case '&': escaped += "&amp;"; break;
      case '<': escaped += "&lt;"; break;
      case '>': escaped += "&gt;"; break;
      case '"': escaped += "&quot;"; break;
      case '\'': escaped += "&#39;"; break;
      default: escaped += c;
    }
  }
  return escaped;
}

std::string encode_parameter(std::string_view text) {
  std::string encoded;
  Poco::URI::encode(std::string(text), "!#$&'()*+,/:;=?@[]", encoded);
  return encoded;
}

}  // namespace linkaudit::probes

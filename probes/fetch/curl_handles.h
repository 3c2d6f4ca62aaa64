// Owners of libcurl's handles.
#pragma once

#include <curl/curl.h>

#include <memory>
#include <stdexcept>
#include <string>

namespace linkaudit::probes {

template <auto function>
struct FreedBy {
  template <typename Handle>
  void operator()(Handle* handle) const {
    function(handle);
  }
};

using CurlEasy = std::unique_ptr<CURL, FreedBy<curl_easy_cleanup>>;
using CurlMulti = std::unique_ptr<CURLM, FreedBy<curl_multi_cleanup>>;
using CurlUrl = std::unique_ptr<CURLU, FreedBy<curl_url_cleanup>>;
using CurlList = std::unique_ptr<curl_slist, FreedBy<curl_slist_free_all>>;

// Appends a line to a list. Throws std::bad_alloc.
inline void append(CurlList& list, const std::string& line) {
  curl_slist* longer = curl_slist_append(list.get(), line.c_str());
  if (longer == nullptr) throw std::bad_alloc();
  static_cast<void>(list.release());
  list.reset(longer);
}

// libcurl's process-wide state, counted by libcurl itself.
class CurlLibrary {
 public:
  CurlLibrary() {
    if (const auto code = curl_global_init(CURL_GLOBAL_DEFAULT); code != CURLE_OK) {
      throw std::runtime_error(std::string("libcurl cannot start: ") + curl_easy_strerror(code));
    }
  }
  ~CurlLibrary() { curl_global_cleanup(); }
  CurlLibrary(const CurlLibrary&) = delete;
  CurlLibrary& operator=(const CurlLibrary&) = delete;
};

}  // namespace linkaudit::probes

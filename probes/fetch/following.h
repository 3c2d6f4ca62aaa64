// Where an exchange leads to.
#pragma once

#include <string>
#include <variant>

#include "probes/exchange.h"
#include "probes/fetch/url.h"
#include "probes/page/page_cache.h"

namespace linkaudit::probes {

struct Arrived {};  // this is the page, or it leaves the web for an app (then page->app_jumps says so)

struct Onward {
  Url url;
  std::string via;  // http, meta, script, refresh
};

struct Astray {
  Failure failure;  // invalid_redirect, refused_scheme
};

using Following = std::variant<Arrived, Onward, Astray>;

// Whether there is a page to be read first. `body_sha256` is set on an exchange whose page was read.
bool is_to_be_read(const Exchange& exchange);
// Fills `page` and `body_sha256` where the body is HTML or text.
void read_page_of(Exchange& exchange, PageCache& pages);

// Reads the page where there is one and it was not read yet (fills `exchange.page`) and says what comes next. `at` is
// the URL that was asked. A redirect by http counts before one by the page. Limits, ports and addresses are judged
// elsewhere.
Following follow(Exchange& exchange, const Url& at, PageCache& pages);

}  // namespace linkaudit::probes

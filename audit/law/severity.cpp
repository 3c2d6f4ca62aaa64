#include "audit/law/severity.h"

namespace linkaudit::law {

int severity(probes::Outcome outcome) {
  using probes::Outcome;
  switch (outcome) {
    case Outcome::blocked: return 9;
    case Outcome::app_jump: return 8;
    case Outcome::text_token: return 7;
    case Outcome::external_browser: return 6;
    case Outcome::login_wall: return 5;
    case Outcome::confirm: return 4;
    case Outcome::direct: return 3;
    case Outcome::challenge: return 2;
    case Outcome::unreachable: return 1;
    case Outcome::unclassified: return 0;
  }
  return 0;
}

}  // namespace linkaudit::law

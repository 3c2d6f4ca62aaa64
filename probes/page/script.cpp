#include "probes/page/script.h"

#include "probes/page/script_walk.h"

namespace linkaudit::probes {

void ScriptReader::read(std::string_view script) {
  ScriptWalk(script, findings_, json_).run();
}

}  // namespace linkaudit::probes

// Catalogs. Input: one file of YAML, loaded by itself; when it begins with "#over", laid over the built-in catalog.
#include "audit/catalog/load.h"
#include "probes/classify.h"
#include "tests/fuzz/harness.h"
#include "tests/fuzz/harnesses.h"

namespace linkaudit::fuzz {

void catalog(std::string_view input) {
  const bool with_built_in = input.starts_with("#over");
  const catalog::Source source{"input.yaml", std::string(input)};
  const auto loaded = catalog::load({source}, with_built_in);
  if (!loaded) {
    require(!loaded.error().empty(), "what is refused has a reason");
    for (const catalog::CatalogError& error : loaded.error()) {
      require(!error.text.empty(), "a problem is told");
      require(error.line >= 1 || error.file.empty(), "a problem has its line", error.text);
      require(is_utf8(error.text) || !is_utf8(input), "a problem is told in UTF-8", error.text);
    }
    return;
  }
  // Bad patterns have been found before: what was loaded is fit for use.
  const probes::Classifier classifier(catalog::knowledge_of(*loaded));
  classifier.owner_of("http://taobao.com/");
  // The canonical text is the catalog.
  const catalog::Source canonical{"input.yaml", loaded->canonical_text};
  const auto again = catalog::load({canonical}, false);
  require(again.has_value(), "the canonical text loads", again ? "" : again.error().front().message());
  require_same(again->canonical_text, loaded->canonical_text, "the canonical text is its own");
  require(*again == *loaded, "the canonical text is the whole catalog");
}

}  // namespace linkaudit::fuzz

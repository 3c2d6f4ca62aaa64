#include "audit/cli/attest_template.h"

#include <fmt/format.h>

#include <map>

#include "audit/run/attestation.h"

namespace linkaudit::cli {
namespace {

template <typename Values>
std::vector<std::string> names_of(const Values& values) {
  std::vector<std::string> names;
  for (const auto value : values) names.emplace_back(name(value));
  return names;
}

std::vector<std::string> links_of(const catalog::Catalog& catalog) {
  std::vector<std::string> ids;
  for (const catalog::Platform& platform : catalog.platforms) {
    for (const probes::Link& link : platform.links) ids.push_back(link.id);
  }
  return ids;
}

std::vector<std::string> contexts_of(const catalog::Catalog& catalog) {
  std::vector<std::string> ids;
  for (const catalog::Host& host : catalog.hosts) {
    for (const catalog::HostContext& context : host.contexts) ids.push_back(context.id);
  }
  return ids;
}

std::vector<std::string> values_of(const std::string& field, const catalog::Catalog& catalog) {
  if (field == "link") return links_of(catalog);
  if (field == "context") return contexts_of(catalog);
  if (field == "outcome") return names_of(probes::kOutcomes);
  if (field == "presentation") return names_of(probes::kPresentations);
  if (field == "blame") return names_of(probes::kBlames);
  return {};
}

// What nobody needs a translator for.
std::string example_of(const std::string& field) {
  static const std::map<std::string, std::string> examples = {{"at", "2022-01-27T12:00:00+08:00"},
                                                              {"link", "taobao/item"},
                                                              {"context", "wechat/group"},
                                                              {"outcome", "external_browser"},
                                                              {"observer", "desk"},
                                                              {"steps", "1"},
                                                              {"presentation", "card"},
                                                              {"client", "8.0.20 iOS"},
                                                              {"source", "T-1024"},
                                                              {"facts", "add_to_cart=no;payment=none"},
                                                              {"blame", "host"},
                                                              {"screenshot", "wechat-1.png"},
                                                              {"valid_days", "31"}};
  const auto found = examples.find(field);
  return found == examples.end() ? "" : found->second;
}

double width_of(const std::string& field) {
  if (field == "at") return 27;
  if (field == "link" || field == "context" || field == "outcome") return 22;
  return field == "note" || field == "source" || field == "facts" ? 30 : 15;
}

}  // namespace

reports::Template attestation_template(const Session& session, const catalog::Catalog& catalog) {
  reports::Template form;
  form.language = session.language();
  form.title = session.word("template.title");
  form.zone = catalog.zone;
  form.sheet = session.word("template.sheet");
  form.instructions_sheet = session.word("template.instructions");
  form.values_sheet = session.word("template.values");
  for (const char* key : {"template.fill", "template.zone", "template.import"}) {
    form.instructions.push_back(session.word(key));
  }
  form.instructions.push_back(fmt::format(fmt::runtime(session.word("template.catalog")), catalog.version));
  form.column_heading = session.word("template.column");
  form.required_heading = session.word("template.required");
  form.explanation_heading = session.word("template.explanation");
  form.example_heading = session.word("template.example");
  form.values_heading = session.word("template.values");
  for (const std::string& field : run::attestation_fields()) {
    reports::TemplateColumn column;
    column.key = field;
    column.explanation = session.word("template.field." + field);
    column.example = example_of(field);
    column.values = values_of(field, catalog);
    column.required = run::is_required(field);
    column.width = width_of(field);
    form.columns.push_back(std::move(column));
  }
  return form;
}

}  // namespace linkaudit::cli

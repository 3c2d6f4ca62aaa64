#include "probes/failure.h"

#include <array>
#include <utility>

namespace linkaudit::probes {
namespace {

struct NamedFailure {
  FailureName failure;
  std::string_view name;
  Layer layer;
};

constexpr std::array kFailures = {
    NamedFailure{FailureName::dns_nxdomain, "dns_nxdomain", Layer::dns},
    NamedFailure{FailureName::dns_failure, "dns_failure", Layer::dns},
    NamedFailure{FailureName::tcp_refused, "tcp_refused", Layer::tcp},
    NamedFailure{FailureName::tcp_timeout, "tcp_timeout", Layer::tcp},
    NamedFailure{FailureName::tcp_reset, "tcp_reset", Layer::tcp},
    NamedFailure{FailureName::tls_expired, "tls_expired", Layer::tls},
    NamedFailure{FailureName::tls_name_mismatch, "tls_name_mismatch", Layer::tls},
    NamedFailure{FailureName::tls_untrusted, "tls_untrusted", Layer::tls},
    NamedFailure{FailureName::tls_failure, "tls_failure", Layer::tls},
    NamedFailure{FailureName::http_timeout, "http_timeout", Layer::http},
    NamedFailure{FailureName::http_incomplete, "http_incomplete", Layer::http},
    NamedFailure{FailureName::http_status, "http_status", Layer::http},
    NamedFailure{FailureName::empty_reply, "empty_reply", Layer::http},
    NamedFailure{FailureName::too_many_redirects, "too_many_redirects", Layer::limit},
    NamedFailure{FailureName::invalid_redirect, "invalid_redirect", Layer::http},
    NamedFailure{FailureName::invalid_url, "invalid_url", Layer::limit},
    NamedFailure{FailureName::body_too_large, "body_too_large", Layer::limit},
    NamedFailure{FailureName::decode_error, "decode_error", Layer::http},
    NamedFailure{FailureName::refused_address, "refused_address", Layer::limit},
    NamedFailure{FailureName::refused_scheme, "refused_scheme", Layer::limit},
    NamedFailure{FailureName::refused_port, "refused_port", Layer::limit},
    NamedFailure{FailureName::proxy_failure, "proxy_failure", Layer::limit},
    NamedFailure{FailureName::unknown_failure, "unknown_failure", Layer::unknown},
};

constexpr std::array kLayers = {
    std::pair{Layer::dns, std::string_view("dns")},     std::pair{Layer::tcp, std::string_view("tcp")},
    std::pair{Layer::tls, std::string_view("tls")},     std::pair{Layer::http, std::string_view("http")},
    std::pair{Layer::limit, std::string_view("limit")}, std::pair{Layer::unknown, std::string_view("unknown")},
};

constexpr std::array kLegs = {
    std::pair{Leg::context, std::string_view("context")},
    std::pair{Leg::control, std::string_view("control")},
    std::pair{Leg::gateway_control, std::string_view("gateway_control")},
    std::pair{Leg::random_path, std::string_view("random_path")},
    std::pair{Leg::canary, std::string_view("canary")},
};

template <typename Table, typename Value>
std::string_view name_in(const Table& table, Value value) {
  for (const auto& [item, text] : table) {
    if (item == value) return text;
  }
  return {};
}

template <typename Table>
auto value_in(const Table& table, std::string_view name) -> std::optional<decltype(table[0].first)> {
  for (const auto& [item, text] : table) {
    if (text == name) return item;
  }
  return std::nullopt;
}

}  // namespace

std::string_view name(FailureName failure) {
  for (const NamedFailure& row : kFailures) {
    if (row.failure == failure) return row.name;
  }
  return {};
}

std::string_view name(Layer layer) {
  return name_in(kLayers, layer);
}
std::string_view name(Leg leg) {
  return name_in(kLegs, leg);
}

std::optional<FailureName> failure_name_from(std::string_view wanted) {
  for (const NamedFailure& row : kFailures) {
    if (row.name == wanted) return row.failure;
  }
  return std::nullopt;
}

std::optional<Layer> layer_from(std::string_view wanted) {
  return value_in(kLayers, wanted);
}
std::optional<Leg> leg_from(std::string_view wanted) {
  return value_in(kLegs, wanted);
}

Layer layer_of(FailureName failure) {
  for (const NamedFailure& row : kFailures) {
    if (row.failure == failure) return row.layer;
  }
  return Layer::unknown;
}

bool is_network_failure(FailureName failure) {
  if (failure == FailureName::http_status || failure == FailureName::invalid_redirect) return false;
  if (failure == FailureName::proxy_failure) return true;
  const Layer layer = layer_of(failure);
  return layer == Layer::dns || layer == Layer::tcp || layer == Layer::tls || layer == Layer::http;
}

}  // namespace linkaudit::probes

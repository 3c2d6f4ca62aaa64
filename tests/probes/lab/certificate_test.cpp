#include "probes/lab/certificate.h"

#include <gtest/gtest.h>

namespace linkaudit::probes {
namespace {

// Else what a probe notes of a connection would be another each time, though nothing has changed.
TEST(LabCertificate, OfAHostIsTheSameEachTime) {
  const CertificateAuthority authority, another;
  const Certificate first = authority.issue("a.example");
  EXPECT_EQ(X509_cmp(first.get(), authority.issue("a.example").get()), 0);
  EXPECT_NE(X509_cmp(first.get(), authority.issue("b.example").get()), 0);
  EXPECT_NE(X509_cmp(first.get(), another.issue("a.example").get()), 0);
  EXPECT_EQ(X509_verify(first.get(), authority.leaf_key()), 0);  // signed by the authority's own
}

}  // namespace
}  // namespace linkaudit::probes

#include "probes/fetch/address_guard.h"

#include <gtest/gtest.h>

#include <stdexcept>

namespace linkaudit::probes {
namespace {

bool refused(const AddressGuard& guard, const char* text) {
  const auto address = parse_address(text);
  EXPECT_TRUE(address) << text;
  return address && guard.refusal(*address).has_value();
}

TEST(AddressGuard, RefusesEveryBlockThatIsNotGloballyReachable) {
  const AddressGuard guard;
  for (const char* text : {
           "0.0.0.0",
           "0.1.2.3",
           "10.0.0.1",
           "10.255.255.255",
           "100.64.0.1",
           "100.127.255.255",
           "127.0.0.1",
           "127.255.255.254",
           "168.63.129.16",
           "169.254.169.254",
           "172.16.0.1",
           "172.31.255.255",
           "192.0.0.1",
           "192.0.0.8",
           "192.0.0.170",
           "192.0.2.1",
           "192.88.99.1",
           "192.168.0.1",
           "198.18.0.1",
           "198.19.255.255",
           "198.51.100.7",
           "203.0.113.9",
           "224.0.0.1",
           "239.255.255.255",
           "240.0.0.1",
           "255.255.255.255",
           "::",
           "::1",
           "::7f00:1",
           "::8.8.8.8",
           "::ffff:127.0.0.1",
           "::ffff:8.8.8.8",
           "::ffff:0:8.8.8.8",
           "64:ff9b::127.0.0.1",
           "64:ff9b::10.1.2.3",
           "64:ff9b::169.254.169.254",
           "64:ff9b:1::1",
           "64:ff9b:1:ffff::8.8.8.8",
           "100::1",
           "100:0:0:1::1",
           "2001::1",
           "2001:0:53aa:64c::1",
           "2001:1::4",
           "2001:2::1",
           "2001:10::1",
           "2001:1ff::1",
           "2001:db8::1",
           "2002:7f00:1::",
           "2002:808:808::1",
           "3fff::1",
           "3fff:fff::1",
           "4000::1",
           "5f00::1",
           "fc00::1",
           "fdff::1",
           "fe80::1",
           "febf::1",
           "fec0::1",
           "ff02::1",
           "ff0e::1",
           "1::1",
       }) {
    EXPECT_TRUE(refused(guard, text)) << text;
  }
}

TEST(AddressGuard, LetsPublicAddressesPass) {
  const AddressGuard guard;
  for (const char* text : {
           "1.1.1.1",      "8.8.8.8",         "9.255.255.255",    "11.0.0.0",      "100.63.255.255",
           "100.128.0.0",  "126.255.255.255", "128.0.0.1",        "168.63.129.15", "172.15.255.255",
           "172.32.0.0",   "192.0.0.9",       "192.0.0.10",       "192.0.1.0",     "192.31.196.1",
           "192.52.193.1", "192.175.48.1",    "198.17.255.255",   "198.20.0.0",    "223.255.255.255",
           "2001:1::1",    "2001:1::2",       "2001:1::3",        "2001:3::1",     "2001:4:112::1",
           "2001:20::1",   "2001:30::1",      "2001:200::1",      "2400:3200::1",  "2620:4f:8000::1",
           "2a00:1450::1", "3ffe::1",         "64:ff9b::8.8.8.8",
       }) {
    EXPECT_FALSE(refused(guard, text)) << text;
  }
}

TEST(AddressGuard, AllowedBlocksPassAlsoInsideIpv6) {
  const std::vector<std::string> allow = {"127.0.0.0/8", "fd00::/8", "10.1.2.3"};
  const AddressGuard guard(allow);
  for (const char* text : {"127.0.0.1", "127.9.9.9", "fd12::1", "10.1.2.3", "::ffff:127.0.0.1", "64:ff9b::10.1.2.3"}) {
    EXPECT_FALSE(refused(guard, text)) << text;
  }
  for (const char* text : {"10.1.2.4", "fc00::1", "192.168.0.1", "::ffff:10.1.2.4"}) {
    EXPECT_TRUE(refused(guard, text)) << text;
  }
}

TEST(AddressGuard, BadAllowedBlockIsNamed) {
  for (const char* text :
       {"10.0.0.0/33", "10.0.0/8", "fc00::/129", "x", "", "10.0.0.0/", "10.0.0.0/-1", "1.2.3.4/8x"}) {
    const std::vector<std::string> allow = {text};
    EXPECT_THROW(AddressGuard{allow}, std::invalid_argument) << text;
  }
}

TEST(AddressGuard, NamesOfThisMachineAreRefusedUnlessLoopbackIsAllowed) {
  const AddressGuard guard;
  for (const char* name : {"localhost", "LOCALHOST", "localhost.", "a.localhost", "a.b.LocalHost."}) {
    EXPECT_TRUE(guard.refusal_of_name(name)) << name;
  }
  for (const char* name : {"localhost.com", "mylocalhost", "example.com"}) {
    EXPECT_FALSE(guard.refusal_of_name(name)) << name;
  }
  const std::vector<std::string> allow = {"127.0.0.1"};
  EXPECT_FALSE(AddressGuard(allow).refusal_of_name("localhost"));
}

TEST(AddressGuard, FakeAddressesNameTheirUsualCause) {
  const auto why = AddressGuard().refusal(*parse_address("198.18.0.5"));
  ASSERT_TRUE(why);
  EXPECT_NE(why->find("fake-IP"), std::string::npos) << *why;
}

}  // namespace
}  // namespace linkaudit::probes

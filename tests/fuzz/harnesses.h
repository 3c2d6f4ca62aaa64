// All harnesses. Each takes any bytes; the file of its name says what it makes of them and what must hold.
#pragma once

#include <string_view>

namespace linkaudit::fuzz {

void address(std::string_view input);
void url(std::string_view input);
void redirect(std::string_view input);
void decode(std::string_view input);
void charset(std::string_view input);
void page(std::string_view input);
void script(std::string_view input);
void target(std::string_view input);
void rules(std::string_view input);
void catalog(std::string_view input);
void cron(std::string_view input);
void csv(std::string_view input);
void record(std::string_view input);
void xlsx(std::string_view input);

struct Harness {
  const char* name;
  void (*run)(std::string_view input);
};

inline constexpr Harness kHarnesses[] = {
    {"address", address}, {"url", url},       {"redirect", redirect}, {"decode", decode}, {"charset", charset},
    {"page", page},       {"script", script}, {"target", target},     {"rules", rules},   {"catalog", catalog},
    {"cron", cron},       {"csv", csv},       {"record", record},     {"xlsx", xlsx},
};

}  // namespace linkaudit::fuzz

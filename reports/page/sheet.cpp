#include "reports/page/sheet.h"

#include <fmt/format.h>

#include <cmath>

#include "reports/page/markup.h"
#include "reports/page/parts.h"

namespace linkaudit::reports::page {
namespace {

// --raised of page.css, the darker of its light papers and the lighter of its dark ones.
constexpr std::uint32_t light_paper = 0xF4F6F9, dark_paper = 0x1D232A;

double light_of(std::uint32_t colour) {
  const auto part = [&](int shift) {
    const double value = static_cast<double>((colour >> shift) & 0xFF) / 255;
    return value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
  };
  return 0.2126 * part(16) + 0.7152 * part(8) + 0.0722 * part(0);
}

std::uint32_t towards(std::uint32_t colour, std::uint32_t end, double part) {
  std::uint32_t mixed = 0;
  for (const int shift : {16, 8, 0}) {
    const auto a = static_cast<double>((colour >> shift) & 0xFF), b = static_cast<double>((end >> shift) & 0xFF);
    mixed |= static_cast<std::uint32_t>(std::lround(a + (b - a) * part)) << shift;
  }
  return mixed;
}

std::string accent_style(std::uint32_t accent) {
  const std::uint32_t light = readable_on(light_paper, accent), dark = readable_on(dark_paper, accent);
  return fmt::format(
      ":root {{ --accent: #{0:06x}; --head: #{0:06x}; }}\n"
      "@media screen and (prefers-color-scheme: dark) {{ :root {{ --accent: #{1:06x}; --head: #26384d; }} }}\n",
      light, dark);
}

// CSS Paged Media 3, 5: margin boxes; printers that do not know them have the foot of the page's end.
std::string margins(const Report& report, const Display& display) {
  const std::string as_of = display.dated("as_of", report.as_of) + " · " + display.zone().label(report.as_of);
  const std::string numbers = display.words("page_of", "\1", "\2");
  std::string counted;
  for (const char c : numbers) {
    if (c == '\1') {
      counted += "\" counter(page) \"";
    } else if (c == '\2') {
      counted += "\" counter(pages) \"";
    } else {
      counted += c;  // our own words: no quote in them
    }
  }
  std::string text = fmt::format("@page {{ @bottom-left {{ content: {}; }} @bottom-right {{ content: \"{}\"; }} ",
                                 css_string(as_of), counted);
  if (report.simulated)
    text += fmt::format("@top-center {{ content: {}; color: #b42318; font-weight: bold; }} ",
                        css_string(simulated_banner(report)));
  return text + "}\n";
}

}  // namespace

double contrast(std::uint32_t one, std::uint32_t other) {
  const double a = light_of(one), b = light_of(other);
  return (std::max(a, b) + 0.05) / (std::min(a, b) + 0.05);
}

std::uint32_t readable_on(std::uint32_t paper, std::uint32_t colour) {
  colour &= 0xFFFFFF;
  const std::uint32_t end = light_of(paper) > 0.18 ? 0x000000 : 0xFFFFFF;
  for (int part = 0; part <= 20; ++part) {
    const std::uint32_t tried = towards(colour, end, part / 20.0);
    if (contrast(tried, paper) >= 4.5) return tried;
  }
  return end;
}

std::string style_of(const Report& report, const Display& display) {
  std::string text(style());
  if (report.accent) text += accent_style(*report.accent);
  return text + margins(report, display);
}

}  // namespace linkaudit::reports::page

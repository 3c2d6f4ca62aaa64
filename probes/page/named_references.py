"""Writes the HTML Standard's named character references (section 13.5), as Python's html.entities has them, as C++."""

import sys
from html.entities import html5
from pathlib import Path


def literal(text):
    # Octal escapes end after three digits, whatever follows.
    return '"' + "".join(f"\\{byte:03o}" for byte in text.encode()) + '"'


rows = "".join(f'    {{"{name}", {literal(html5[name])}}},\n' for name in sorted(html5))
source = f"""#include "probes/page/named_references.h"

namespace linkaudit::probes {{
namespace {{

constexpr NamedReference kNamedReferences[] = {{  // {len(html5)}
{rows}}};

}}  // namespace

std::span<const NamedReference> named_references() {{
  return kNamedReferences;
}}

}}  // namespace linkaudit::probes
"""
path = Path(sys.argv[1])
if not path.exists() or path.read_text(encoding="ascii") != source:  # else it would be compiled anew
    path.write_text(source, encoding="ascii")

"""Writes the HTML Standard's named character references (section 13.5), as Python's html.entities has them, as C++."""

import sys
from html.entities import html5


def literal(text):
    # Octal escapes end after three digits, whatever follows.
    return '"' + "".join(f"\\{byte:03o}" for byte in text.encode()) + '"'


def row(name):
    return f'    {{"{name}", {literal(html5[name])}}},\n'


with open(sys.argv[1], "w", encoding="ascii") as out:
    out.write('#include "probes/page/named_references.h"\n\nnamespace linkaudit::probes {\nnamespace {\n\n')
    out.write(f"constexpr NamedReference kNamedReferences[] = {{  // {len(html5)}\n")
    out.writelines(row(name) for name in sorted(html5))
    out.write("};\n\n}  // namespace\n\n")
    out.write("std::span<const NamedReference> named_references() {\n  return kNamedReferences;\n}\n\n")
    out.write("}  // namespace linkaudit::probes\n")

#!/usr/bin/env python3
"""Writes unicode_table.cpp: the code points of the classes that the Llama 3 pattern asks for.

usage: generate_unicode_table.py /usr/share/unicode > unicode_table.cpp    (Debian package unicode-data)

Letters are the general categories L*, numbers N*, white space the property White_Space. Unicode 15.0 is the version of
the regular expressions at the time Llama 3's vocabulary was trained; versions 14 and 15 agree on every reference case.
"""
import sys
from pathlib import Path

folder = Path(sys.argv[1])
CODE_POINTS = 0x110000
classes = [None] * CODE_POINTS

first_of_range = None
for line in (folder / "UnicodeData.txt").read_text().splitlines():
    code, name, category = line.split(";")[:3]
    code = int(code, 16)
    if name.endswith(", First>"):
        first_of_range = code
        continue
    start = first_of_range if name.endswith(", Last>") else code
    if category[0] in "LN":
        for point in range(start, code + 1):
            classes[point] = category[0]

properties = (folder / "PropList.txt").read_text().splitlines()
version = properties[0].removeprefix("# PropList-").removesuffix(".txt")
for line in properties:
    fields = line.split("#")[0].split(";")
    if len(fields) == 2 and fields[1].strip() == "White_Space":
        bounds = [int(bound, 16) for bound in fields[0].strip().split("..")]
        for point in range(bounds[0], bounds[-1] + 1):
            classes[point] = "S"

ranges = []
for point, kind in enumerate(classes):
    if kind is None:
        continue
    if ranges and ranges[-1][1] == point - 1 and ranges[-1][2] == kind:
        ranges[-1][1] = point
    else:
        ranges.append([point, point, kind])

print(f"// Letters, numbers and white space of Unicode {version}, in order. Written by generate_unicode_table.py.")
print('#include "engine/text/unicode_class.h"\n')
print("namespace altiplano::engine {\n")
print("namespace {\n")
print("constexpr CharClass L = CharClass::Letter;")
print("constexpr CharClass N = CharClass::Number;")
print("constexpr CharClass S = CharClass::WhiteSpace;\n")
print("// clang-format off")
print("constexpr ClassRange kRanges[] = {")
row = ""
for first, last, kind in ranges:
    entry = f"{{0x{first:x},0x{last:x},{kind}}},"
    if len(row) + len(entry) > 116:
        print("    " + row)
        row = ""
    row += entry
print("    " + row)
print("};")
print("// clang-format on\n")
print("}  // namespace\n")
print("std::span<const ClassRange> class_ranges() noexcept { return kRanges; }\n")
print("}  // namespace altiplano::engine")

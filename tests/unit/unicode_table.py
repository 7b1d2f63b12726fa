#!/usr/bin/python3
"""unicode_table.py -- writes src/base/unicode_table.c from Python's own Unicode data.

Run it once per Unicode version:  python3 tests/unit/unicode_table.py > src/base/unicode_table.c
tests/unit/test_utf8.c compares samples.  ASCII is left out: utf8.c knows it by itself.
"""
import sys
import unicodedata

ALL = [c for c in range(0x80, 0x110000) if not 0xD800 <= c <= 0xDFFF]
CATEGORY = {c: unicodedata.category(chr(c)) for c in ALL}

# Jamo that join the syllable before them; zero width space.
JOINING = set(range(0x1160, 0x1200)) | set(range(0xD7B0, 0xD7FC)) | {0x200B}
# Format characters that are visible: soft hyphen, signs that enclose numbers or verses.
VISIBLE = {0xAD, 0x6DD, 0x70F, 0x8E2, 0x110BD, 0x110CD} | set(range(0x600, 0x606)) | {0x890, 0x891}
# Marks that join or choose a glyph and belong to no alphabet.
SELECTORS = {0x34F} | set(range(0x180B, 0x1810)) | set(range(0xFE00, 0xFE10))
SELECTORS |= set(range(0xE0100, 0xE01F0))
# Here unassigned characters are wide, too (UAX 11); elsewhere Python's answer for them is not one.
WIDE_BLOCKS = [(0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x2FFFD),
               (0x30000, 0x3FFFD)]


def is_alpha(c):
    category = CATEGORY[c]
    if category[0] == "L" or category in ("Nl", "Nd", "Mc"):
        return True
    if chr(c).isupper() or chr(c).islower():  # circled letters and the like
        return True
    # Vowel signs are part of the alphabet, accents are not.
    return category == "Mn" and unicodedata.combining(chr(c)) == 0 and c not in SELECTORS


def is_print(c):
    return CATEGORY[c] not in ("Cc", "Cn", "Zl", "Zp")


def is_zero(c):
    if c in VISIBLE:
        return False
    return CATEGORY[c] in ("Mn", "Me", "Cf") or c in JOINING


def is_wide(c):
    if CATEGORY[c] == "Cn":
        return any(first <= c <= last for first, last in WIDE_BLOCKS)
    return unicodedata.east_asian_width(chr(c)) in "WF" and not is_zero(c)


def ranges(members):
    """Cuts sorted members into (first, span, stride)."""
    found = []
    for c in members:
        if found:
            first, span, stride = found[-1]
            gap = c - (first + span)
            if c - first < 65536:
                if span == 0 and gap <= 2:
                    found[-1] = (first, gap, gap)
                    continue
                if span > 0 and gap == stride:
                    found[-1] = (first, span + gap, stride)
                    continue
        found.append((c, 0, 1))
    return found


def write_rows(cells):
    line = "   "
    for cell in cells:
        if len(line) + 1 + len(cell) > 100:
            print(line)
            line = "   "
        line += " " + cell
    print(line)


def write_set(name, belongs):
    rows = ranges([c for c in ALL if belongs(c)])
    print(f"\nstatic const struct unicode_range {name}_ranges[] = {{")
    write_rows([f"{{{f:#x},{s},{d}}}," for f, s, d in rows])
    print("};\n")
    print(f"const struct unicode_set unicode_{name} = {{{name}_ranges, ARRAY_LEN({name}_ranges)}};")


def main():
    print(f"""/* unicode_table.c -- character classes and widths of Unicode {unicodedata.unidata_version}.
   Written by tests/unit/unicode_table.py: change that, not this. */
#include "base/unicode_table.h"

#define ARRAY_LEN(array) (sizeof(array) / sizeof((array)[0]))

/* clang-format off */""")
    write_set("alpha", is_alpha)
    write_set("upper", lambda c: chr(c).isupper() or CATEGORY[c] == "Lt")
    write_set("lower", lambda c: chr(c).islower())
    write_set("print", is_print)
    write_set("zero", is_zero)
    write_set("wide", is_wide)


sys.exit(main())

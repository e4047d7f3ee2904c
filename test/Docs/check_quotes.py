#!/usr/bin/env python3
"""Checks that what a page quotes is in the sources.

    check_quotes.py PAGE LANGUAGE=FILE ...

Every block of a language that is named must be in one of its files, as it is.
"""

import pathlib
import re
import sys


def main():
    page = pathlib.Path(sys.argv[1])
    sources = {}
    for argument in sys.argv[2:]:
        language, file = argument.split("=", 1)
        sources.setdefault(language, []).append(pathlib.Path(file).read_text(encoding="utf-8"))
    blocks = re.findall(r"^```(\w+)\n(.*?)^```", page.read_text(encoding="utf-8"), re.M | re.S)
    quotes = [(language, text) for language, text in blocks if language in sources]
    for language, text in quotes:
        lines = text.splitlines()
        if not any(text in source or (len(lines) == 1 and lines[0].strip() in source)
                   for source in sources[language]):
            sys.exit(f"{page.name}: this is in none of the sources:\n{text}")
    if not quotes:
        sys.exit(f"{page.name}: no quotes")
    print(f"{page.name}: {len(quotes)} quotes are in the sources")


if __name__ == "__main__":
    main()

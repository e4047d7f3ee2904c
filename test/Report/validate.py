#!/usr/bin/python3
"""Validate a JSON file against a JSON schema.

    validate.py SCHEMA FILE

Knows the keywords of draft 2020-12 that our schema uses, and refuses a schema
with any other, so that no constraint is ignored in silence.  Prints every
violation with its place in the file; exit status 0 only if there is none.
"""
import json
import sys

ANNOTATIONS = {"$schema", "$id", "$defs", "title", "description"}

TYPES = {
    "object": lambda v: isinstance(v, dict),
    "array": lambda v: isinstance(v, list),
    "string": lambda v: isinstance(v, str),
    "boolean": lambda v: isinstance(v, bool),
    "null": lambda v: v is None,
    "number": lambda v: isinstance(v, (int, float)) and not isinstance(v, bool),
    "integer": lambda v: isinstance(v, int) and not isinstance(v, bool),
}


def same(left, right):
    """Equal in JSON, where true is not 1."""
    return isinstance(left, bool) == isinstance(right, bool) and left == right


class Validator:
    def __init__(self, schema):
        self.root = schema

    def check(self, schema, value, place):
        """The violations of a value, as text."""
        for keyword, wanted in schema.items():
            if keyword in ANNOTATIONS:
                continue
            method = getattr(self, "check_" + keyword.lstrip("$"), None)
            if method is None:
                raise SystemExit(f"validate.py: keyword {keyword} is not supported")
            yield from method(wanted, value, place)

    def check_ref(self, wanted, value, place):
        target = self.root
        for part in wanted.split("/")[1:]:
            target = target[part]
        yield from self.check(target, value, place)

    def check_oneOf(self, wanted, value, place):
        found = [list(self.check(schema, value, place)) for schema in wanted]
        fits = sum(not violations for violations in found)
        if fits != 1:
            yield f"{place}: fits {fits} of the {len(wanted)} forms, wanted one"
            for violations in found:
                yield from violations

    def check_type(self, wanted, value, place):
        names = [wanted] if isinstance(wanted, str) else wanted
        if not any(TYPES[name](value) for name in names):
            yield f"{place}: {value!r} is not of type {' or '.join(names)}"

    def check_const(self, wanted, value, place):
        if not same(value, wanted):
            yield f"{place}: {value!r} is not {wanted!r}"

    def check_enum(self, wanted, value, place):
        if not any(same(value, one) for one in wanted):
            yield f"{place}: {value!r} is none of {wanted}"

    def check_minimum(self, wanted, value, place):
        if TYPES["number"](value) and value < wanted:
            yield f"{place}: {value} is less than {wanted}"

    def check_minItems(self, wanted, value, place):
        if isinstance(value, list) and len(value) < wanted:
            yield f"{place}: has {len(value)} items, wanted {wanted}"

    def check_required(self, wanted, value, place):
        if isinstance(value, dict):
            for name in wanted:
                if name not in value:
                    yield f"{place}: has no {name}"

    def check_properties(self, wanted, value, place):
        if isinstance(value, dict):
            for name, schema in wanted.items():
                if name in value:
                    yield from self.check(schema, value[name], f"{place}.{name}")

    def check_items(self, wanted, value, place):
        if isinstance(value, list):
            for index, item in enumerate(value):
                yield from self.check(wanted, item, f"{place}[{index}]")


def main():
    if len(sys.argv) != 3:
        raise SystemExit(__doc__)
    with open(sys.argv[1]) as stream:
        schema = json.load(stream)
    with open(sys.argv[2]) as stream:
        value = json.load(stream)
    violations = list(Validator(schema).check(schema, value, "$"))
    print("\n".join(violations) or "valid")
    sys.exit(1 if violations else 0)


if __name__ == "__main__":
    main()

"""The command line of scripts that run the tool on models."""

import argparse
import pathlib
import sys
import tempfile


def make_parser(description, path, **details):
    """A parser of a path, by this name, and of --tool; `description` is shown as it is.

    `details` go to the argument: nargs="+" for several paths.
    """
    parser = argparse.ArgumentParser(description=description,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(path, type=pathlib.Path, **details)
    parser.add_argument("--tool", required=True)
    return parser


def check_models(models, faults, failure, success):
    """Prints what `faults` finds in each model, with a folder of its own, and ends with either line."""
    failed = False
    for model in models:
        with tempfile.TemporaryDirectory() as folder:
            for fault in faults(model, pathlib.Path(folder)):
                failed = True
                print(f"{model.stem}: {fault}")
    if failed:
        sys.exit(f"error: {failure}")
    print(f"{len(models)} models {success}")

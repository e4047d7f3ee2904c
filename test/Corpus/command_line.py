"""The command line of scripts that run the tool on models."""

import argparse
import pathlib


def make_parser(description, path):
    """A parser of one path, by this name, and of --tool; `description` is shown as it is."""
    parser = argparse.ArgumentParser(description=description,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(path, type=pathlib.Path)
    parser.add_argument("--tool", required=True)
    return parser

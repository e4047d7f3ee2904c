#!/bin/sh
# Makes a site of HTML pages, with search, of README.md and docs/. Links to pages,
# headings and files that are not there are errors. Wants python3-sphinx and
# python3-myst-parser.
#
# usage: build-site.sh FOLDER
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
folder=${1:?usage: build-site.sh FOLDER}
# Not one that another Python in PATH has.
sphinx=/usr/bin/sphinx-build
if [ ! -x "$sphinx" ]; then
  echo "error: $sphinx not found; apt-get install python3-sphinx python3-myst-parser" >&2
  exit 1
fi
"$sphinx" -q -W --keep-going -b html -d "$folder/.doctrees" -c "$root/docs/site" "$root" "$folder"
echo "The site is $folder/docs/site/index.html"

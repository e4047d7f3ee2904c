#!/bin/sh
# A test of quant-prep-reduce: a unit is still not observed.
#
# usage: QPREP_UNIT=REGEX [QPREP_OPTIONS=OPTIONS] unit-stays-float.sh FILE
#
# QPREP_UNIT: found in the label that reports have for the unit (its name, or its
# kind with a number). QPREP_OPTIONS: of quant-prep-opt, without spaces inside
# one of them; unset, --qprep-prepare. QUANT_PREP_OPT: the program, if it is not
# in PATH.
# Exits with 1, which is quant-prep-reduce's word for yes, if there is one.
: "${QPREP_UNIT:?names the unit}"
# The options are a list.
# shellcheck disable=SC2086
if "${QUANT_PREP_OPT:-quant-prep-opt}" "$1" ${QPREP_OPTIONS---qprep-prepare} \
  "--qprep-report=format=text only=float,skipped labels=\"$QPREP_UNIT\"" -o /dev/null 2>/dev/null |
  awk '/^function / { listed = 1 } listed && /^[0-9]/ { found = 1 } END { exit !found }'; then
  exit 1
fi

#!/bin/sh
# A test of quant-prep-reduce: a message still comes.
#
# usage: QPREP_MESSAGE=TEXT [QPREP_OPTIONS=OPTIONS] message-comes.sh FILE
#
# QPREP_OPTIONS: of quant-prep-opt, without spaces inside one of them; unset,
# --qprep-prepare. QUANT_PREP_OPT: the program, if it is not in PATH.
# Exits with 1, which is quant-prep-reduce's word for yes, if the message comes.
: "${QPREP_MESSAGE:?names the message}"
# The options are a list.
# shellcheck disable=SC2086
if "${QUANT_PREP_OPT:-quant-prep-opt}" "$1" ${QPREP_OPTIONS---qprep-prepare} -o /dev/null 2>&1 |
  grep -q -F -e "$QPREP_MESSAGE"; then
  exit 1
fi

#!/bin/sh
# Runs the tool that QUANT_PREP_OPT names, but prepares by another qconfig.
model=$1
shift 2
exec "$QUANT_PREP_OPT" "$model" --qprep-prepare=qconfig=qnnpack "$@"

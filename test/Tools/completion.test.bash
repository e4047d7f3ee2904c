# usage: completion.test.bash COMPLETION TOOL
source "$1"
for COMP_LINE in "quant-prep-opt m.mlir --qprep-pre" "quant-prep-opt m.mlir --qprep-prepare=pl" \
  "quant-prep-opt m.mlir --qprep-report=b" "quant-prep-opt m.mlir --qprep-prepare='qconfig=tosa backend=qn" \
  "quant-prep-opt m.mlir --mlir-print-debuginf"; do
  COMP_POINT=${#COMP_LINE}
  echo "$COMP_LINE"
  _quant_prep_opt "$2"
  printf '%s\n' "${COMPREPLY[@]}"
  echo end
done

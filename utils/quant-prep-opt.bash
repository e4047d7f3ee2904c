# Completion of bash for quant-prep-opt: options, and after --qprep-prepare= and
# --qprep-quantize= the options of the pass and the presets. Source it, or install it.

_quant_prep_opt_presets() {
  "$1" /dev/null --qprep-list-presets -o /dev/null 2>/dev/null | sed -n 's/^  \([a-z0-9_-]*\) .*/\1/p'
}

# The options of one pass, as its lines of --help have them: they follow that of
# the pass, and are indented further.
_quant_prep_opt_of_pass() {
  "$1" --help 2>/dev/null | awk -v pass="$2" '
    $1 == pass && $2 == "-" { listed = 1; match($0, /[^ ]/); depth = RSTART; next }
    listed && $1 ~ /^--/ { match($0, /[^ ]/); if (RSTART <= depth) exit; print $1 }' |
    sed -n 's/^--\([a-z-]*\).*/\1=/p'
}

_quant_prep_opt() {
  local tool=$1 line=${COMP_LINE:0:COMP_POINT} word pass
  COMPREPLY=()
  word=${line##* }
  case $word in
  *qconfig=* | *backend=*)
    mapfile -t COMPREPLY < <(compgen -W "$(_quant_prep_opt_presets "$tool")" -- "${word##*=}")
    ;;
  --qprep-*=*)
    pass=${word%%=*}
    mapfile -t COMPREPLY < <(compgen -W "$(_quant_prep_opt_of_pass "$tool" "$pass")" -- "${word#*=}")
    compopt -o nospace 2>/dev/null
    ;;
  --qprep* | --q)
    mapfile -t COMPREPLY < <(compgen -W "$("$tool" --help 2>/dev/null | grep -oE '^  --qprep-[a-z-]+' | tr -d ' ')" -- "$word")
    compopt -o nospace 2>/dev/null
    ;;
  -*)
    mapfile -t COMPREPLY < <(compgen -W "$("$tool" --help 2>/dev/null | grep -oE '^ +--[a-z][a-z0-9-]+' | tr -d ' ' | sort -u)" -- "$word")
    ;;
  *)
    mapfile -t COMPREPLY < <(compgen -f -- "$word")
    ;;
  esac
}
complete -o filenames -F _quant_prep_opt quant-prep-opt

#compdef cointicker
# zsh completion for cointicker: eval "$(cointicker completion zsh)" behind compinit, or as _cointicker in $fpath
_cointicker() {
    local mode line
    local -a answer entries before
    before=("${(@Q)words[2,CURRENT-1]}")
    answer=("${(@f)$("${(Q)words[1]}" complete -- "${before[@]}" "${(Q)IPREFIX}${(Q)PREFIX}" 2>/dev/null)}")
    mode=$answer[1]
    case $mode in
        files) _files; return ;;
        directories) _files -/; return ;;
    esac
    for line in "${(@)answer[2,-1]}"; do
        entries+=("${${line%%$'\t'*}//:/\\:}:${line#*$'\t'}")
    done
    (( $#entries )) || return 1
    if [[ $mode == open ]]; then
        _describe -V cointicker entries -S ''
    else
        _describe -V cointicker entries
    fi
}
if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
    _cointicker "$@"
else
    compdef _cointicker cointicker
fi

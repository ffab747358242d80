# bash completion for cointicker: eval "$(cointicker completion bash)"
_cointicker() {
    local program=cointicker mode value shown current before
    [[ ${COMP_WORDS[0]} == */* ]] && program=${COMP_WORDS[0]}
    before=${COMP_LINE:0:COMP_POINT}
    # The shell takes "=" and ":" for the end of a word: what stands before them is not replaced.
    current=${before##*[[:space:]]}
    case $current in *[=:]*) current=${current%"${current##*[=:]}"} ;; *) current= ;; esac
    COMPREPLY=()
    {
        IFS= read -r mode
        while IFS=$'\t' read -r value _; do
            [[ -n $current && $COMP_WORDBREAKS == *"${current: -1}"* ]] && value=${value#"$current"}
            [[ -n $value ]] || continue
            printf -v shown %q "$value"
            COMPREPLY+=("${shown//\\,/,}")
        done
    } < <("$program" complete --text="$before" 2>/dev/null)
    current=${COMP_WORDS[COMP_CWORD]}
    [[ $current == [=:] ]] && current=
    case $mode in
        files) while IFS= read -r value; do COMPREPLY+=("$value"); done < <(compgen -f -- "$current") ;;
        directories) while IFS= read -r value; do COMPREPLY+=("$value"); done < <(compgen -d -- "$current") ;;
    esac
    if type compopt &>/dev/null; then
        [[ $mode == open ]] && compopt -o nospace
        [[ $mode == files || $mode == directories ]] && compopt -o filenames
    fi
    return 0
}
complete -F _cointicker cointicker

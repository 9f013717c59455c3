# complete.zsh FOLDER LINE: what zsh offers after LINE and a Tab, one a line. FOLDER holds `_artlint`.
# An interactive zsh runs in a terminal of its own; instead of showing what fits it writes that to a file.
zmodload zsh/zpty
zpty shell zsh -f -i
cat > $1/setup <<EOF
PROMPT=
fpath=($1 \$fpath)
autoload -Uz compinit
compinit -u -d $1/dump
bindkey '^I' complete-word
zstyle ':completion:*' insert-tab false
compadd () {
    if [[ \${@[1,(i)(-|--)]} == *-(O|A|D)\ * ]]; then builtin compadd "\$@"; return; fi
    typeset -a hits
    builtin compadd -A hits "\$@"
    print -rl -- \$hits >> $1/hits
    return 1
}
finish () { touch $1/done; exit }
comppostfuncs=(finish)
touch $1/ready
EOF

wait_for () { repeat 400 { [[ -e $1 ]] && return; sleep 0.02 }; exit 3 }
zpty -w shell "source $1/setup"
wait_for $1/ready
zpty -w -n shell "$2"$'\t'
wait_for $1/done
[[ ! -e $1/hits ]] || cat $1/hits

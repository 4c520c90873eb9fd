# What every rule shares: list files of the project, report each breach, exit 0 (kept), 1 (broken) or 77 (cannot be checked here).
# shellcheck shell=bash
set -eu

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
cd "$root"
breaches=0

# breach FILE[:LINE] WHAT: one breach of the rule.
breach() {
    echo "$1: $2"
    breaches=$((breaches + 1))
}

# skip WHY: the rule cannot be checked on this machine; ctest shows it as skipped.
skip() {
    echo "Skipped: $1"
    exit 77
}

# kept FILES: ends the rule; a rule that looked at no file is broken too, for it proves nothing.
kept() {
    if [ "$1" -eq 0 ]; then
        echo "No file was looked at: the rule looks in the wrong place."
        exit 1
    fi
    echo "$1 files looked at, $breaches breaches."
    [ "$breaches" -eq 0 ]
    exit
}

# sources DIRECTORY... -- ENDING...: the files with one of the endings, one per line, sorted.
sources() {
    local directories=() tests=()
    while [ "$1" != -- ]; do
        if [ -d "$1" ]; then directories+=("$1"); fi
        shift
    done
    shift
    for ending in "$@"; do tests+=(-o -name "*.$ending"); done
    [ ${#directories[@]} -eq 0 ] || find "${directories[@]}" -type f \( "${tests[@]:1}" \) | sort
}

#!/bin/bash
# One idea per file: C++ stops at 400 lines, a kernel at 500, QML at 150; tables written by a script are excepted by name.
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

exceptions="$root/tests/rules/size_exceptions.txt"
files=0

# limit LINES FILE...: each file named on standard input has at most so many lines.
limit() {
    local file lines
    while IFS= read -r file; do
        files=$((files + 1))
        lines=$(wc -l <"$file")
        if [ "$lines" -gt "$1" ] && ! grep -qxF "$file" "$exceptions"; then
            breach "$file" "$lines lines, at most $1"
        fi
    done
}

limit 500 < <(sources engine/kernels -- h cpp cu inc)
limit 400 < <(sources engine storage app tests -- h cpp cu inc | grep -v '^engine/kernels/')
limit 150 < <(sources ui tests -- qml)
limit 400 < <(sources storage -- sql)
kept "$files"

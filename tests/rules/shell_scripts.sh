#!/bin/bash
# Shell scripts are free of shellcheck's warnings.
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

command -v shellcheck >/dev/null || skip "shellcheck is not installed"
mapfile -t files < <(sources packaging tests resources -- sh; echo .ci/run)
for file in "${files[@]}"; do
    shellcheck -x -P SCRIPTDIR -P "$root" "$file" || breach "$file" "shellcheck warns"
done
kept "${#files[@]}"

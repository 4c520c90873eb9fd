#!/bin/bash
# Every C++ file is as clang-format 14 (Debian 12) writes it; another version formats otherwise and is not asked.
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

format=$(command -v clang-format-14 || command -v clang-format) || skip "clang-format is not installed"
"$format" --version | grep -q 'version 14\.' || skip "this is $("$format" --version), not version 14"

mapfile -t files < <(sources engine storage app tests -- h cpp cu)
for file in "${files[@]}"; do
    "$format" --dry-run --Werror "$file" 2>/dev/null || breach "$file" "not as $format writes it (run: clang-format -i $file)"
done
kept "${#files[@]}"

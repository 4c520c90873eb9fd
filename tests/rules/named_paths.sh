#!/bin/bash
# Every path that the documents at the top name is there, so that the tour does not lead into nothing.
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

files=0
for document in README.md CONTRIBUTING.md CHANGELOG.md THIRD_PARTY.md NOTICE; do
    files=$((files + 1))
    while IFS= read -r path; do
        [ -e "$path" ] || breach "$document" "names $path, which is not there"
    done < <(grep -oE '[`(](\./)?(\.ci|engine|storage|app|ui|resources|packaging|translations|tests)/[A-Za-z0-9_./-]*' "$document" |
        sed 's/^.//' | sort -u)
done
kept "$files"

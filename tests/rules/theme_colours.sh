#!/bin/bash
# Colours live in Theme.qml alone; elsewhere only "transparent" may be named.
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

files=0
while IFS= read -r file; do
    files=$((files + 1))
    [ "${file##*/}" != Theme.qml ] || continue
    while IFS= read -r match; do
        breach "$file:${match%%:*}" "a colour of its own: ${match#*:}"
    done < <(grep -nE '"#[0-9a-fA-F]{3,8}"|Qt\.(rgba|hsla|hsva|lighter|darker|tint)\(|[cC]olor:[[:space:]]*"[a-z]+"' "$file" |
        grep -vE '[cC]olor:[[:space:]]*"transparent"' || true)
done < <(sources ui -- qml)
kept "$files"

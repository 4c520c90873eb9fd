#!/bin/bash
# Every text item says its textFormat, so that a model's words are never taken for markup by accident.
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

files=0
while IFS= read -r file; do
    files=$((files + 1))
    while IFS=: read -r line type; do
        breach "$file:$line" "$type without textFormat"
    done < <(awk -f tests/rules/qml_text_format.awk "$file")
done < <(sources ui -- qml)
kept "$files"

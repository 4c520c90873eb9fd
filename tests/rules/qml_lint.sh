#!/bin/bash
# qmllint has nothing to say about the window's QML. Usage: qml_lint.sh CMAKE BUILD_FOLDER
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

mapfile -t files < <(sources ui -- qml)
output=$("$1" --build "$2" --target all_qmllint 2>&1) || { echo "$output"; breach ui "qmllint failed"; }
while IFS= read -r line; do
    breach qmllint "$line"
done < <(grep -E '(Warning|Error|Info): ' <<<"$output" || true)
kept "${#files[@]}"

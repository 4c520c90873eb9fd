#!/bin/bash
# ui -> app -> { engine, storage }: engine includes no Qt and no SQLite, storage no Qt and no engine, QML only app's types.
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

qt='<Q[A-Za-z/]*>|<Qt[A-Za-z]*/|"q[a-z]*\.h"'
sqlite='sqlite3|SQLiteCpp'
files=0

# forbid DIRECTORY PATTERN WHY: no include in the directory matches the pattern.
forbid() {
    local file match
    while IFS= read -r file; do
        files=$((files + 1))
        while IFS= read -r match; do
            breach "$file:${match%%:*}" "${match#*:} ($3)"
        done < <(grep -nE "^[[:space:]]*#[[:space:]]*include[[:space:]]*($2)" "$file" || true)
    done < <(sources "$1" -- h cpp cu cuh inc)
}

forbid engine "$qt" "engine/ knows no Qt"
forbid engine "[<\"]($sqlite)" "engine/ knows no SQLite"
forbid engine '[<"]unicode/' "engine/ uses its own Unicode tables"
forbid engine '"(app|ui|storage)/' "engine/ stands alone"
forbid storage "$qt" "storage/ knows no Qt"
forbid storage '"(app|ui|engine)/' "storage/ stands alone"
forbid app '"ui/' "app/ does not know the window"
forbid app "[<\"]($sqlite)" "app/ reaches the database only through storage/"
forbid app '"engine/(device|kernels|weights)/' "app/ includes engine/engine.h and what it declares"

while IFS= read -r file; do
    files=$((files + 1))
    while IFS= read -r match; do
        breach "$file:${match%%:*}" "${match#*:} (QML uses Qt Quick, Altiplano.App and Altiplano.Ui only)"
    done < <(grep -nE '^[[:space:]]*import[[:space:]]' "$file" |
        grep -vE 'import[[:space:]]+(QtQuick|QtQuick\.(Controls|Controls\.Basic|Controls\.impl|Layouts|Dialogs|Window|Templates|Shapes)|QtQml|QtQml\.Models|QtCore|Altiplano\.(App|Ui))([[:space:]]|$)' || true)
done < <(sources ui -- qml)

# The libraries, too, must not link what their sources may not include.
for library in engine storage; do
    while IFS= read -r match; do
        breach "$match" "$library/ does not link Qt"
    done < <(grep -rnE 'Qt6?::' "$library" --include=CMakeLists.txt || true)
done

kept "$files"

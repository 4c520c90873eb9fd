#!/bin/bash
# Collects in FOLDER what a bare GPU machine may lack and tests/gpu/run.sh needs: header-only libraries, the sources of
# GoogleTest, small models of every type. There: CARRY=FOLDER tests/gpu/run.sh. Usage: pack.sh FOLDER
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
folder=${1:?usage: pack.sh FOLDER}

# copy WHAT FROM...: the first FROM that is there.
copy() {
    local to="$folder/$1" from
    shift
    for from in "$@"; do
        if [ -e "$from" ]; then
            mkdir -p "$(dirname "$to")"
            cp -rL "$from" "$to"
            return
        fi
    done
    echo "not found, left out: $*"
}

rm -rf "$folder"
copy include/nlohmann /usr/include/nlohmann /usr/local/include/nlohmann
copy include/CLI /usr/include/CLI /usr/local/include/CLI
for part in include src; do
    copy "googletest/$part" "/usr/src/googletest/googletest/$part"
done
# Not the largest: what is carried has its limits.
for model in "$root"/../shared/golden/*.gguf "$root"/../shared/golden/*-fp8-hf; do
    [ ! -e "$model" ] || [[ "$model" == *-F32.gguf ]] || copy "models/$(basename "$model")" "$model"
done
chmod -R u+w "$folder"
du -sh "$folder"

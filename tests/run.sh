#!/bin/bash
# Installs what is missing, builds everything and runs every test without a display; ends with ctest's summary.
#
# Usage: ./tests/run.sh [--sanitizers] [--no-install] [CTEST ARGUMENT...]
#   --sanitizers    also the tests of engine and storage under ASan+UBSan and TSan (always done where CI=true)
#   --no-install    test with what is there; install nothing
#   CTEST ARGUMENT  e.g. -R storage
set -eu

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"
# shellcheck source=packaging/build.sh
. packaging/build.sh

sanitizers=no
[ "${CI:-}" != true ] || sanitizers=yes
install=yes
arguments=()
for argument in "$@"; do
    case $argument in
        --help | -h) sed -n '2,/^set/{s/^# \{0,1\}//p}' "${BASH_SOURCE[0]}"; exit 0 ;;
        --sanitizers) sanitizers=yes ;;
        --no-install) install=no ;;
        *) arguments+=("$argument") ;;
    esac
done

# run_tests PRESET CTEST ARGUMENT...: the output is also kept in build/PRESET-tests.log.
run_tests() {
    local preset=$1
    shift
    (set -o pipefail; ctest --test-dir "build/$preset" --output-on-failure -j "$(nproc)" "$@" 2>&1 |
        tee "build/$preset-tests.log")
}

# What the thread sanitizer need not see: readers of broken files and of words (one thread), and the longest texts.
not_for_tsan='Corpus|Tokenizer|noChangedByte|GoldenLongPrompt|textOfRandomWeights|anEndTokenInside'

# sanitized PRESET CTEST ARGUMENT...: the tests of engine and storage under one sanitizer preset.
sanitized() {
    local preset=$1 started=$SECONDS
    shift
    echo "== Engine and storage under the preset $preset"
    build_altiplano "$preset" altiplano_engine_tests altiplano_storage_tests
    run_tests "$preset" -R '^(engine|storage)\.' "$@" || failed=yes
    echo "== The preset $preset took $((SECONDS - started)) s"
}

use_utf8_locale
if [ "$install" = yes ]; then
    packaging/install_dependencies.sh build run test
fi

private=$(mktemp -d)
trap 'rm -rf "$private"' EXIT
export XDG_RUNTIME_DIR=$private
export QT_QPA_PLATFORM=${QT_QPA_PLATFORM:-offscreen}
export ASAN_OPTIONS=${ASAN_OPTIONS:-detect_leaks=1:strict_string_checks=1}
export UBSAN_OPTIONS=${UBSAN_OPTIONS:-print_stacktrace=1}
export TSAN_OPTIONS=${TSAN_OPTIONS:-halt_on_error=1}

failed=no
build_altiplano release
run_tests release "${arguments[@]}" || failed=yes

if [ "$sanitizers" = yes ]; then
    sanitized asan
    sanitized tsan -E "$not_for_tsan"
    echo "== Everything, once more in short"
    for preset in asan tsan release; do
        echo "$preset:"
        sed -n '/tests passed,/,$p' "build/$preset-tests.log"
    done
fi
[ "$failed" = no ]

# Functions shared by packaging/run.sh and tests/run.sh: configure and build, quietly, with a log to look at on failure.
# shellcheck shell=bash

# A UTF-8 locale for what is started from here, where none is set (a bare container has none).
use_utf8_locale() {
    [ "$(locale charmap 2>/dev/null)" = UTF-8 ] && return
    if [ -n "${LC_ALL:-}" ]; then export LC_ALL=C.UTF-8; else export LC_CTYPE=C.UTF-8; fi
}

# Shows "[12/340]" of a build's output in place on a terminal; drops it elsewhere.
show_progress() {
    local line
    while IFS= read -r line; do
        [ -t 1 ] || continue
        case $line in \[*/*\]*) printf '\r  %s ' "${line%%]*}]" ;; esac
    done
    ! [ -t 1 ] || printf '\r\033[K'
}

# run_logged LOG COMMAND...: runs the command with its output in LOG; on failure shows the end of it and stops.
run_logged() {
    local log=$1
    shift
    if ! (set -o pipefail; "$@" 2>&1 | tee -a "$log" | show_progress); then
        tail -n 30 "$log" >&2
        echo "This failed: $*. The lines above say why; $PWD/$log has all of it." >&2
        exit 1
    fi
}

# build_altiplano PRESET [TARGET...]: configures where needed and builds the targets (all without one).
build_altiplano() {
    local preset=$1 log=build/$1.log started=$SECONDS
    shift
    local targets=()
    if [ $# -gt 0 ]; then targets=(--target "$@"); fi
    if ! mkdir -p "build/$preset" || ! [ -w "build/$preset" ]; then
        echo "The folder $PWD/build cannot be written to; was it made by another user? Remove it or run as that user." >&2
        exit 1
    fi
    : >"$log"
    if ! [ -f "build/$preset/build.ninja" ]; then
        echo "Building Altiplano; the first time takes some minutes."
    fi
    # Everything may want packages that an earlier configuration did not find; the program alone does not.
    if [ ${#targets[@]} -eq 0 ] || ! [ -f "build/$preset/build.ninja" ]; then
        run_logged "$log" cmake --preset "$preset"
    fi
    run_logged "$log" cmake --build --preset "$preset" "${targets[@]}"
    [ $((SECONDS - started)) -lt 10 ] || echo "Built in $((SECONDS - started)) s."
}

#!/bin/bash
# On a machine with a GPU: builds the engine for that card, checks it against the CPU, measures it beside what the card
# can do, and prints a table. Every step has its own time limit and the others go on where one fails.
#
#   tests/gpu/run.sh [STEP...]   build limits check tests bench peer nccl sanitize; all of them where none is named
#   CARRY=FOLDER        what the machine lacks (tests/gpu/pack.sh): headers, GoogleTest, models
#   OUT=FOLDER          where tables and a packed copy of build/gpu/results go
#   LLAMA_BENCH=FILE    llama.cpp's llama-bench with CUDA, and LLAMA_MODELS=FILE... to measure with it
#   MINUTES=8           of all steps together; what does not fit any more is left out
#   ALTIPLANO_CUDA_MODULE=FILE, DEVICE=cuda:0, BENCH='...'   other modules, devices and models, to try this script out
set -uo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
cd "$root" || exit 1
build=${BUILD:-$root/build/gpu}
results=$build/results
device=${DEVICE:-cuda:0}
jobs=${JOBS:-$(nproc)}
deadline=$((SECONDS + 60 * ${MINUTES:-8}))
steps=${*:-build limits check tests bench peer nccl sanitize}
# Model, type, seconds. The most telling come first.
bench=${BENCH:-"8B BF16 60,8B Q4_K_M 60,8B Q8_0 60,8B FP8 60,70B Q4_K_M 100"}
mkdir -p "$results"
: >"$results/summary.txt"
# shellcheck source=tests/gpu/cuda_parts.sh
. tests/gpu/cuda_parts.sh

note() {
    printf '%-34s %-8s %s\n' "$1" "$2" "$3" | tee -a "$results/summary.txt"
}

has() {
    [[ " $steps " == *" $1 "* ]]
}

# why LOG: the lines that say what failed, or the last ones.
why() {
    { grep -aE 'FAILED|Error|error:' "$1" || tail -12 "$1"; } | head -12 | cut -c1-300 | sed 's/^/    /'
}

# step NAME SECONDS COMMAND...: output to a log; says why where it fails.
step() {
    local name=$1 limit=$2 log status begin=$SECONDS left=$((deadline - SECONDS))
    shift 2
    log=$results/${name//[^A-Za-z0-9._-]/_}.log
    if [ "$left" -lt 10 ]; then
        note "$name" skipped "no time is left"
        return 1
    fi
    timeout -k 5 "$((limit < left ? limit : left))" "$@" >"$log" 2>&1
    status=$?
    case $status in
        0) note "$name" ok "$((SECONDS - begin)) s" ;;
        77) note "$name" skipped "$(tail -1 "$log")" ;;
        124 | 137) note "$name" FAILED "was ended after $((SECONDS - begin)) s" ;;
        *) note "$name" FAILED "status $status after $((SECONDS - begin)) s" ;;
    esac
    [ "$status" -eq 0 ] || why "$log"
    return "$status"
}

build_gtest() {
    local from=${CARRY:-}/googletest to=$build/parts/gtest
    [ -d "$from" ] || return 0
    mkdir -p "$to/lib" && cp -r "$from/include" "$to/" &&
        for source in gtest-all gtest_main; do
            g++ -std=c++20 -O1 -fPIC -I "$from/include" -I "$from" -c "$from/src/$source.cc" -o "$to/$source.o" &
        done && wait && ar rcs "$to/lib/libgtest.a" "$to/gtest-all.o" && ar rcs "$to/lib/libgtest_main.a" "$to/gtest_main.o" &&
        export GTEST_ROOT=$to
}

# header NAME VARIABLE FILE: where a header-only library was carried along.
header() {
    [ ! -e "${CARRY:-/nowhere}/include/$2" ] || cuda_arguments+=("-D$1=$CARRY/include")
}

run_build() {
    local generator=(-G "Unix Makefiles")
    ! command -v ninja >/dev/null || generator=(-G Ninja)
    find_cuda_parts "$build/parts" >"$results/parts.log" 2>&1 ||
        note "CUDA's parts" FAILED "$(tail -1 "$results/parts.log")"
    [ -e /usr/include/gtest/gtest.h ] || build_gtest >>"$results/parts.log" 2>&1
    header NLOHMANN_JSON_INCLUDE_DIR nlohmann/json.hpp
    header CLI11_INCLUDE_DIR CLI/CLI.hpp
    has build || return 0
    # Newer standard libraries include less by themselves.
    step configure 60 cmake --preset engine-only -B "$build" "${generator[@]}" "${cuda_arguments[@]}" \
        -DALTIPLANO_CUDA_ARCHITECTURES="$(card_architecture)" -DALTIPLANO_GPU_TESTS=ON \
        -DALTIPLANO_WARNINGS_ARE_ERRORS=OFF -DCMAKE_CXX_FLAGS="-include cstdint" || return 1
    # What is measured first, so that a test that does not compile costs nothing but itself.
    step build 240 cmake --build "$build" -j "$jobs" --target altiplano-cli altiplano_cuda altiplano-bench-device \
        card_limits nccl_two_processes
    step "build of the tests" 180 cmake --build "$build" -j "$jobs" --target altiplano_gpu_tests
}

run_limits() {
    step limits 60 "$build/bin/card_limits" && cp "$results/limits.log" "$results/limits.json"
}

# check MODEL KV-TYPE
check() {
    [ ! -e "$1" ] ||
        step "check $(basename "$1") $2" 30 "$build/bin/altiplano-cli" check "$1" --device "$device" --kv "$2"
}

run_check() {
    local model kv
    for model in tests/data/*.gguf "${CARRY:-/nowhere}"/models/*; do
        check "$model" f16
    done
    for kv in f32 q8_0; do
        check tests/data/tiny-llama31-Q8_0.gguf "$kv"
    done
}

run_bench() {
    local model type limit
    rm -f "$results"/bench_*.json
    while read -r model type limit; do
        step "bench $model $type" "$limit" "$build/bin/altiplano-bench-device" --device "$device" --model "$model" \
            --type "$type" --depth "${DEPTHS:-0,32768}" --prompt "${PROMPT:-2048}" &&
            cp "$results/bench_${model}_$type.log" "$results/bench_${model}_$type.json"
    done < <(tr , '\n' <<<"$bench")
}

run_peer() {
    local model
    if python3 -c 'import torch; assert torch.cuda.is_available()' 2>/dev/null; then
        step peer 90 python3 tests/gpu/torch_peer.py && grep '^{' "$results/peer.log" >"$results/peer.json"
    else
        note "peer PyTorch" skipped "python3 has no torch that sees a GPU"
    fi
    if [ -z "${LLAMA_BENCH:-}" ]; then
        note "peer llama.cpp" skipped "LLAMA_BENCH names no llama-bench"
        return
    fi
    for model in ${LLAMA_MODELS:-}; do
        step "llama-bench $(basename "$model")" 60 "$LLAMA_BENCH" -m "$model" -ngl 99 -fa 1 -p 2048 -n 64 -d 0,32768 \
            -r 2 -o md && cat "$results/llama-bench_$(basename "$model").log"
    done
}

run_sanitize() {
    local tool checker
    checker=$(first "$(command -v compute-sanitizer || echo /nowhere)" /usr/local/cuda*/bin/compute-sanitizer \
        /usr/local/cuda*/compute-sanitizer/compute-sanitizer /opt/nvidia/*/*/compute-sanitizer)
    if [ -z "$checker" ]; then
        note sanitize skipped "compute-sanitizer was not found"
        return
    fi
    for tool in memcheck racecheck; do
        step "$tool of whole steps" 60 "$checker" --tool "$tool" --error-exitcode 3 "$build/bin/altiplano_gpu_tests" \
            --gtest_brief=1 --gtest_filter="TypesAndRows/*:-*_1_rows:*_16_rows:*_40_rows:*Q5_?_*:*IQ4*"
        step "$tool of single kernels" 60 "$checker" --tool "$tool" --error-exitcode 3 "$build/bin/altiplano_gpu_tests" \
            --gtest_brief=1 --gtest_filter='CudaAppend.*:*ShortList*:CudaOperationsTest.*'
    done
}

# What comes back from a machine that is lent: few files.
pack_results() {
    [ -z "${OUT:-}" ] || {
        cp "$results/summary.txt" "$results/table.md" "$OUT/" 2>/dev/null
        tar -czf "$OUT/results.tar.gz" -C "$results" .
    }
}
trap pack_results EXIT

{ nvidia-smi || echo "no nvidia-smi"; } 2>&1 | tee "$results/nvidia-smi.txt" | sed -n 1,15p
run_build
! has limits || run_limits
! has check || run_check
! has tests || step tests 90 "$build/bin/altiplano_gpu_tests" --gtest_brief=1
! has bench || run_bench
! has peer || run_peer
! has nccl || step "nccl, two processes" 60 "$build/bin/nccl_two_processes"
! has sanitize || run_sanitize

echo
cat "$results/summary.txt"
python3 tests/gpu/table.py "$results" | tee "$results/table.md"
! grep -q FAILED "$results/summary.txt"

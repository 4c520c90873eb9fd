# Finds what the CUDA module is built with where it is in no usual place: the wheels of PyTorch have cuBLAS and NCCL, with
# names that linkers do not look for. Sourced by run.sh; sets $cuda_arguments, for CMake.
# shellcheck shell=bash

cuda_arguments=()

# first PATTERN...: the first file that is there.
first() {
    local file
    for file in "$@"; do
        if [ -e "$file" ]; then
            echo "$file"
            return
        fi
    done
}

# The folders of Python's packages, one a line.
packages() {
    python3 -c 'import site, sys; print("\n".join({*site.getsitepackages(), *sys.path}))' 2>/dev/null | grep . || true
}

# find_nvcc: sets $cuda_root, or says that there is no nvcc.
find_nvcc() {
    local nvcc
    nvcc=$(first "${CUDACXX:-/nowhere}" "$(command -v nvcc || echo /nowhere)" \
        /usr/local/cuda/bin/nvcc /usr/local/cuda-*/bin/nvcc)
    [ -n "$nvcc" ] || return 1
    cuda_root=$(cd "$(dirname "$(readlink -f "$nvcc")")/.." && pwd)
    export CUDACXX=$nvcc
    echo "nvcc: $nvcc, $("$nvcc" --version | grep -o 'release [0-9.]*')"
}

# link_headers FOLDER NAME...: from a package's folder to ours.
link_headers() {
    local from=$1 name
    shift
    for name in "$@"; do
        [ ! -e "$from/$name" ] || ln -sfn "$from/$name" "$parts/include/$name"
    done
}

# link_library NAME VARIABLE: libNAME.so where the toolkit or the system has it, else the package's one under that name.
link_library() {
    local name=$1 variable=$2 found line
    found=$(first "$cuda_root"/{lib64,lib,targets/x86_64-linux/lib}/"lib$name.so" "/usr/lib/x86_64-linux-gnu/lib$name.so")
    if [ -z "$found" ]; then
        while IFS= read -r line && [ -z "$found" ]; do
            found=$(first "$line"/nvidia/*/lib/"lib$name".so*)
        done < <(packages)
        if [ -z "$found" ]; then
            echo "lib$name was not found"
            return 1
        fi
        ln -sfn "$found" "$parts/lib/$(basename "$found")"
        ln -sfn "$found" "$parts/lib/lib$name.so"
        found=$parts/lib/lib$name.so
    fi
    echo "lib$name: $found"
    cuda_arguments+=("-D$variable=$found")
}

# find_cuda_parts FOLDER: everything, with links in the folder; compilers and loader find them by environment variables.
find_cuda_parts() {
    local line include
    parts=$1
    mkdir -p "$parts/include" "$parts/lib"
    find_nvcc || return 1
    while IFS= read -r line; do
        for include in "$line"/nvidia/*/include; do
            [ -e "$cuda_root/include/cublasLt.h" ] || link_headers "$include" cublas{,Lt,Xt,_api,_v2}.h
            [ -e "$cuda_root/include/nccl.h" ] || [ -e /usr/include/nccl.h ] ||
                link_headers "$include" nccl{,_device}.h nccl_device
        done
    done < <(packages)
    link_library cublas CUDA_cublas_LIBRARY && link_library cublasLt CUDA_cublasLt_LIBRARY &&
        link_library nccl ALTIPLANO_NCCL_LIBRARY || return 1
    line=$(first "$cuda_root/include/nccl.h" /usr/include/nccl.h "$parts/include/nccl.h")
    [ -n "$line" ] || {
        echo "nccl.h was not found"
        return 1
    }
    cuda_arguments+=("-DALTIPLANO_NCCL_INCLUDE_DIR=$(dirname "$line")")
    export CPATH="$parts/include${CPATH:+:$CPATH}"
    export LD_LIBRARY_PATH="$parts/lib:$cuda_root/lib64${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}"
}

# card_architecture: of the first card, as CMake writes it: 90a-real.
card_architecture() {
    local capability
    capability=$(nvidia-smi --query-gpu=compute_cap --format=csv,noheader 2>/dev/null | head -1 | tr -d '. ')
    echo "${capability:-90}" | sed 's/^90$/90a/; s/$/-real/'
}

#!/bin/bash
# Installs the packages of the named groups (build, run, test) that are missing; says what it does.
# Usage: packaging/install_dependencies.sh GROUP...      Exit status 2: it cannot install here, and says why.
set -eu

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
list=$here/dependencies.txt

if [ $# -eq 0 ] || [ "$1" = --help ]; then
    sed -n '2,3s/^# //p' "${BASH_SOURCE[0]}"
    exit 0
fi

wanted=()
for group in "$@"; do
    mapfile -t packages < <(awk -v group="$group" '$1 == group { print $2 }' "$list")
    if [ ${#packages[@]} -eq 0 ]; then
        echo "There is no group \"$group\" in packaging/dependencies.txt: the groups are build, run and test." >&2
        exit 2
    fi
    wanted+=("${packages[@]}")
done

if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
    echo "This is not Debian, so nothing can be installed here. What the program needs, by Debian's names:" >&2
    echo "  ${wanted[*]}" >&2
    echo "Install what corresponds, then start again with --no-install." >&2
    exit 2
fi

missing=()
for package in "${wanted[@]}"; do
    status=$(dpkg-query -W -f='${db:Status-Status} ' "$package" 2>/dev/null) || status=
    case " $status" in *" installed "*) ;; *) missing+=("$package") ;; esac
done
[ ${#missing[@]} -gt 0 ] || exit 0

as_root=()
if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null; then
        echo "${#missing[@]} packages are missing and only root can install them (there is no sudo here). As root (or go on with --no-install):" >&2
        echo "  apt-get update && apt-get install --no-install-recommends ${missing[*]}" >&2
        exit 2
    fi
    if ! sudo -n true 2>/dev/null && ! { [ -t 0 ] && sudo -v; }; then
        echo "${#missing[@]} packages are missing and sudo does not allow installing them. Ask an administrator for this (or go on with --no-install):" >&2
        echo "  apt-get update && apt-get install --no-install-recommends ${missing[*]}" >&2
        exit 2
    fi
    as_root=(sudo)
fi

log=$here/../build/install.log
mkdir -p "$here/../build" 2>/dev/null && : 2>/dev/null >"$log" || log=$(mktemp)
echo "Installing ${#missing[@]} missing packages: ${missing[*]}"

# Runs apt-get as root without questions; its output goes to the log.
apt() {
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive LC_ALL=C apt-get -q -y \
        -o Acquire::Retries=3 -o DPkg::Lock::Timeout=300 "$@" >>"$log" 2>&1
}

if ! apt update || ! apt install --no-install-recommends "${missing[@]}"; then
    tail -n 20 "$log" >&2
    echo "The packages could not be installed; the lines above say why, $log has all of it." >&2
    exit 1
fi

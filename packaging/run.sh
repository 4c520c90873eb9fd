#!/bin/bash
# Installs what is missing, builds Altiplano and opens its window with the starter model loaded.
#
# Usage: ./packaging/run.sh [--prompt TEXT] [--no-install] [ARGUMENT...]
#   --prompt TEXT   answer once on standard output instead of opening the window
#   --no-install    build with what is there; install nothing
#   ARGUMENT...     passed on to altiplano, e.g. --model FILE, --language de, --data-dir DIR
# Without a display the chat is held in the terminal; without a terminal too, one sample question is answered.
set -eu

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"
# shellcheck source=packaging/build.sh
. packaging/build.sh

starter=$root/resources/starter-model/altiplano-starter-q8_0.gguf
prompt=
has_prompt=no
install=yes
model=$starter
arguments=()
while [ $# -gt 0 ]; do
    case $1 in
        --help | -h) sed -n '2,/^set/{s/^# \{0,1\}//p}' "${BASH_SOURCE[0]}"; exit 0 ;;
        --prompt=*) prompt=${1#*=}; has_prompt=yes ;;
        --prompt)
            [ $# -ge 2 ] || { echo "--prompt needs a text after it." >&2; exit 2; }
            prompt=$2; has_prompt=yes; shift ;;
        --no-install) install=no ;;
        --model=*) model=${1#*=}; arguments+=("$1") ;;
        --model) arguments+=("$1"); if [ $# -ge 2 ]; then model=$2; arguments+=("$2"); shift; fi ;;
        *) arguments+=("$1") ;;
    esac
    shift
done

# True when a window can be opened: a Wayland socket that exists, or an X display that answers.
display_answers() {
    local socket=${WAYLAND_DISPLAY:-}
    if [ -n "$socket" ]; then
        case $socket in /*) ;; *) socket=${XDG_RUNTIME_DIR:-/nowhere}/$socket ;; esac
        [ -S "$socket" ] && return 0
    fi
    [ -n "${DISPLAY:-}" ] && command -v xdpyinfo >/dev/null && timeout 10 xdpyinfo >/dev/null 2>&1
}

use_utf8_locale
if [ "$install" = yes ]; then
    packaging/install_dependencies.sh build run
fi
targets=(altiplano altiplano-cli)
if [ -e /dev/nvidiactl ]; then targets+=(altiplano_gpu); fi  # a driver, so perhaps a GPU to compute on
build_altiplano release "${targets[@]}"
bin=$root/build/release/bin

if [ "$has_prompt" = yes ]; then
    exec "$bin/altiplano-cli" chat "$model" --prompt "$prompt"
fi

if display_answers; then
    exec "$bin/altiplano" "${arguments[@]}"
fi

how="For the window, run ./packaging/run.sh in a terminal of a graphical desktop (or over ssh -X)."
if [ -t 0 ] && [ -t 1 ]; then
    echo "No display answers here, so the chat is held in this terminal. $how"
    exec "$bin/altiplano-cli" chat "$model"
fi

question="What can you do?"
echo "There is neither a display nor a terminal here: one sample question is answered instead."
echo "> $question"
"$bin/altiplano-cli" chat "$model" --prompt "$question" </dev/null
echo
echo "$how"
echo "To ask something from here: ./packaging/run.sh --prompt \"...\""

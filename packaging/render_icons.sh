#!/bin/bash
# Renders the application icon to the PNG sizes that are installed (needs rsvg-convert, package librsvg2-bin).
set -eu
cd "$(dirname "${BASH_SOURCE[0]}")/../resources/icons/app"
for size in 16 22 24 32 48 64 128 256 512; do
    rsvg-convert --width $size --height $size org.altiplano.Altiplano.svg --output $size.png
done

#!/bin/bash
# The desktop entry and the AppStream description are valid, and every icon that is installed is there.
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

command -v desktop-file-validate >/dev/null || skip "desktop-file-utils is not installed"
command -v appstreamcli >/dev/null || skip "appstream is not installed"
desktop-file-validate packaging/org.altiplano.Altiplano.desktop || breach packaging/org.altiplano.Altiplano.desktop "not valid"
appstreamcli validate --no-net packaging/org.altiplano.Altiplano.metainfo.xml ||
    breach packaging/org.altiplano.Altiplano.metainfo.xml "not valid"
kept 2

#!/bin/bash
# German (and English in its plurals) has a finished translation of every text the sources hold now; the other languages are reported.
# lupdate must understand every source: what it warns about would stay English. Usage: translations.sh LUPDATE
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

lupdate=${1:-}
[ -x "$lupdate" ] || skip "lupdate is not installed"
fresh=$(mktemp -d)
trap 'rm -rf "$fresh"' EXIT
cp translations/altiplano_*.ts "$fresh"

files=0
for translation in "$fresh"/altiplano_*.ts; do
    language=${translation##*altiplano_}
    language=${language%.ts}
    files=$((files + 1))
    plural=()
    [ "$language" != en ] || plural=(-pluralonly)
    while IFS= read -r warning; do
        breach lupdate "$warning"
    done < <("$lupdate" -silent "${plural[@]}" -no-obsolete -locations none -I . app ui -ts "$translation" 2>&1)
    texts=$(grep -c '<source>' "$translation" || true)
    open=$(grep -c 'type="unfinished"' "$translation" || true)
    echo "$language: $((texts - open)) of $texts texts translated"
    if [[ "$language" =~ ^(de|en)$ ]] && [ "$open" -gt 0 ]; then
        while IFS= read -r text; do
            breach "translations/altiplano_$language.ts" "not translated: $text"
        done < <(grep -B4 'type="unfinished"' "$translation" | sed -n 's/.*<source>\(.*\)<\/source>.*/\1/p')
        [ "$breaches" -gt 0 ] || breach "translations/altiplano_$language.ts" "$open texts not translated"
    fi
done
kept "$files"

# Prints "LINE:TYPE" for every text item of a QML file in whose own braces no textFormat is set.
{
    code = $0
    gsub(/"([^"\\]|\\.)*"/, "\"\"", code)
    sub(/\/\/.*/, "", code)
    while (length(code) > 0) {
        if (match(code, /^[A-Za-z_][A-Za-z0-9_.]*/)) {
            word = substr(code, 1, RLENGTH)
            code = substr(code, RLENGTH + 1)
            if (word == "textFormat" && code ~ /^[ \t]*:/) says[depth] = 1
        } else {
            sign = substr(code, 1, 1)
            code = substr(code, 2)
            if (sign == "{") {
                depth++
                type[depth] = word
                line[depth] = NR
                says[depth] = 0
            } else if (sign == "}") {
                sub(/.*\./, "", type[depth])
                if (type[depth] ~ /^(Text|TextEdit|TextArea|Label)$/ && !says[depth]) print line[depth] ":" type[depth]
                depth--
            }
            if (sign !~ /[ \t]/) word = ""
        }
    }
}

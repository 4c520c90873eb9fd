// Defuses the inputs on which cmark-gfm 0.29 takes quadratic time, without changing what is shown.
#pragma once

#include <QByteArray>
#include <QString>

namespace altiplano {

/// The text with the telling characters of extreme lines (hundreds of table bars, addresses or open brackets, which
/// no answer has) replaced by characters that no text has. Lines stay lines. Linear time; shares utf8 where there is
/// nothing to do.
QByteArray withoutTraps(const QByteArray& utf8);

/// cmark's text with the replaced characters put back; null gives an empty string.
QString trapsRestored(const char* utf8);

}  // namespace altiplano

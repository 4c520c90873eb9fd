// Words exactly as typed, as blocks without any markup.
#pragma once

#include <QList>
#include <QString>

#include "app/markdown/block.h"

namespace altiplano {

/// One paragraph per run of lines between empty lines; line breaks and spaces are kept. Of a very long text the
/// beginning is shown and the last paragraph says how much is not.
QList<Block> plainBlocks(const QString& text);

}  // namespace altiplano

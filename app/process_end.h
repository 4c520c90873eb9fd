// Waiting until another process is gone, with all that it held.
#pragma once

#include <QtGlobal>

namespace altiplano {

/// Returns when no process of this number computes any more, at the latest after so many milliseconds.
void waitForProcessEnd(qint64 process, int mostMs);

}  // namespace altiplano

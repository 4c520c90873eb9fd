// The state-writer thread's only object: brings files to the disk, so that no answer waits for it.
#pragma once

#include <QObject>

#include "app/state_requests.h"

namespace altiplano {

/// Lives on its own thread.
class StateWriter : public QObject {
    Q_OBJECT

public slots:
    void write(const altiplano::StateWrite& request);

signals:
    void written(const altiplano::StateWritten& written);
};

/// What StateWriter does, on the caller's thread.
StateWritten writeState(const StateWrite& request);

}  // namespace altiplano

// What crosses between the engine thread and the thread that writes kept states: values only.
#pragma once

#include <QString>
#include <cstddef>
#include <memory>
#include <vector>

namespace altiplano {

/// How much may be kept of conversations, so that coming back to one costs nothing.
struct StateLimits {
    static constexpr qint64 kAutomatic = -1;  ///< derived from what the machine has
    QString folder;                           ///< for files; empty: none
    qint64 memoryBytes = kAutomatic;
    qint64 diskBytes = kAutomatic;
};

/// A segment of a conversation's state, as a file to be written.
struct StateWrite {
    QString path;
    std::shared_ptr<const std::vector<std::byte>> file;
};

struct StateWritten {
    QString path;
    QString failure;  ///< English; empty where the file is on the disk
};

}  // namespace altiplano

// The options of the window's executables.
#pragma once

#include <QSize>
#include <QString>
#include <QStringList>

#include "app/application.h"

namespace altiplano {

struct CommandLine {
    ApplicationOptions application;
    QString screenshot;  ///< file to write a picture of the window to; the program ends then
    QSize geometry;      ///< of the window; invalid = as it was the last time
    qint64 after = 0;    ///< the process that this one replaces; 0 = none
};

/// Ends the program with a message for --help, --version and mistakes.
CommandLine parseCommandLine(const QStringList& arguments);
/// The starter model beside the executable or in the source tree; empty where it is in neither.
QString findStarterModel();

}  // namespace altiplano

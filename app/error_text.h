// Errors of engine and storage as one plain, translated sentence: what and where, and what the user can do.
#pragma once

#include <QString>

#include "app/chat_requests.h"
#include "app/engine_types.h"

namespace altiplano {

/// A model that did not load or cannot be used.
QString modelErrorText(const EngineFailure& failure, const QString& path);
/// A model that was to guess for another and cannot.
QString draftErrorText(const EngineFailure& failure, const QString& path);
/// An answer that ended with an error.
QString answerErrorText(const EngineFailure& failure);
/// Something was not stored or not read.
QString storageErrorText(const StorageFailure& failure);
/// How the database was found; empty where all is well.
QString storageOpenText(const StorageOpened& report);

/// "4.9 GB": bytes of a file.
QString fileSizeText(qint64 bytes);
/// "5.4 GiB": bytes of memory.
QString memorySizeText(qint64 bytes);

}  // namespace altiplano

// What crosses between the GUI thread and the storage thread: values only.
#pragma once

#include <QMetaType>
#include <QString>
#include <optional>
#include <string>
#include <vector>

#include "storage/error.h"
#include "storage/records.h"

namespace altiplano {

struct StorageFailure {
    storage::ErrorKind kind = storage::ErrorKind::Io;
    QString message{};  ///< English, from the store
};

/// How the database was found at the start.
struct StorageOpened {
    enum class Kind { Ready, ReadOnly, NewerVersion, Recovered };
    Kind kind = Kind::Ready;
    bool writable = true;
    QString message{};
    QString keptOriginal{};
    int interruptedAnswers = 0;
};

/// One click that leads to an answer: everything that is stored for it before the engine is asked.
struct TurnRequest {
    enum class Kind { Question, Regenerate, Continue };
    quint64 ticket = 0;
    Kind kind = Kind::Question;
    qint64 conversationId = 0;     ///< 0 = create one with the three texts below
    std::optional<qint64> parent;  ///< Question: the message it follows
    qint64 answerId = 0;           ///< Regenerate, Continue
    std::string question;
    storage::Provenance provenance;
    std::string dateHeader;
    std::string systemPrompt;
    std::string parametersJson;
};

struct TurnBegun {
    quint64 ticket = 0;
    TurnRequest::Kind kind = TurnRequest::Kind::Question;
    storage::Conversation conversation;
    std::vector<storage::Message> branch;  ///< the streaming answer last
};

/// A conversation and its active branch. Ticket 0: nobody waits for it.
struct ConversationRead {
    quint64 ticket = 0;
    storage::Conversation conversation;
    std::vector<storage::Message> branch;
};

struct ConversationPage {
    std::vector<storage::Conversation> conversations;
    int offset = 0;
    int total = 0;
};

struct SearchResult {
    quint64 ticket = 0;
    std::vector<storage::SearchHit> hits;
};

}  // namespace altiplano

#include "app/storage_worker.h"

#include <QFile>
#include <QFileInfo>
#include <QSettings>
#include <algorithm>
#include <chrono>
#include <new>

namespace altiplano {

namespace {

constexpr int kSearchHits = 200;

std::int64_t nowMs() {
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
}

StorageOpened::Kind kindOf(storage::OpenReport::Kind kind) {
    switch (kind) {
        case storage::OpenReport::Kind::ReadOnly:
            return StorageOpened::Kind::ReadOnly;
        case storage::OpenReport::Kind::NewerVersion:
            return StorageOpened::Kind::NewerVersion;
        case storage::OpenReport::Kind::Recovered:
            return StorageOpened::Kind::Recovered;
        case storage::OpenReport::Kind::Ready:
            break;
    }
    return StorageOpened::Kind::Ready;
}

}  // namespace

StorageWorker::StorageWorker(QString databaseFile) : m_databaseFile(std::move(databaseFile)) {}

StorageWorker::~StorageWorker() = default;

storage::ConversationStore& StorageWorker::store() {
    if (!m_store)
        throw storage::Error(storage::ErrorKind::Io, m_databaseFile.toStdString() + ": is not open");
    return *m_store;
}

void StorageWorker::attempt(const std::function<void()>& work,
                            const std::function<void(const StorageFailure&)>& onFailure) {
    try {
        work();
    } catch (const storage::Error& error) {
        onFailure({.kind = error.kind(), .message = QString::fromUtf8(error.what())});
    } catch (const std::bad_alloc&) {
        onFailure({.kind = storage::ErrorKind::Io, .message = QStringLiteral("out of memory")});
    }
}

void StorageWorker::guarded(const std::function<void()>& work,
                            const std::function<void(const StorageFailure&)>& onFailure) {
    if (m_housekeeping)
        m_housekeeping->postpone();
    attempt(work, onFailure);
}

void StorageWorker::open() {
    guarded(
        [this] {
            m_store = storage::ConversationStore::open(QFile::encodeName(m_databaseFile).toStdString(), nowMs);
            const storage::OpenReport& report = m_store->open_report();
            emit opened({.kind = kindOf(report.kind),
                         .writable = m_store->writable(),
                         .message = QString::fromStdString(report.message),
                         .keptOriginal = QString::fromStdString(report.kept_original.string()),
                         .interruptedAnswers = report.interrupted_answers});
        },
        [this](const StorageFailure& failure) { emit openFailed(failure); });
    if (!m_store || !m_store->writable())
        return;
    m_housekeeping = std::make_unique<Housekeeping>(*m_store);
    connect(m_housekeeping.get(), &Housekeeping::due, this, &StorageWorker::keepHouse);
}

void StorageWorker::keepHouse() {
    attempt([this] { m_housekeeping->step(); }, [this](const auto& failure) { emit failed(failure); });
}

void StorageWorker::close() {
    m_housekeeping.reset();
    m_store.reset();
}

void StorageWorker::readPage(int limit, int offset) {
    guarded(
        [=, this] {
            emit pageRead({.conversations = store().conversations(limit, offset),
                           .offset = offset,
                           .total = store().conversation_count()});
        },
        [this](const auto& failure) { emit failed(failure); });
}

void StorageWorker::readConversation(quint64 ticket, qint64 conversationId) {
    guarded(
        [=, this] {
            emit conversationRead({.ticket = ticket,
                                   .conversation = store().conversation(conversationId),
                                   .branch = store().branch(conversationId)});
        },
        [=, this](const auto& failure) { emit readFailed(ticket, failure); });
}

void StorageWorker::beginTurn(const TurnRequest& request) {
    guarded(
        [&] {
            qint64 id = request.conversationId;
            if (id == 0)
                id = store().create_conversation(request.dateHeader, request.systemPrompt, request.parametersJson).id;
            storage::ConversationStore::Turn turn = storeTurn(request, id);
            const storage::Conversation conversation = store().conversation(turn.answer.conversation_id);
            emit turnBegun({.ticket = request.ticket,
                            .kind = request.kind,
                            .conversation = conversation,
                            .branch = std::move(turn.branch)});
            emit conversationStored(conversation);
        },
        [&](const auto& failure) { emit turnFailed(request.ticket, failure); });
}

storage::ConversationStore::Turn StorageWorker::storeTurn(const TurnRequest& request, qint64 conversationId) {
    switch (request.kind) {
        case TurnRequest::Kind::Regenerate:
            return store().begin_regeneration(request.answerId, request.provenance);
        case TurnRequest::Kind::Continue:
            return store().begin_continuation(request.answerId, request.provenance);
        case TurnRequest::Kind::Question:
            break;
    }
    return store().begin_turn(conversationId, request.parent, request.question, request.provenance);
}

void StorageWorker::setProvenance(qint64 answerId, const storage::Provenance& provenance) {
    guarded([&] { store().set_provenance(answerId, provenance); },
            [this](const auto& failure) { emit failed(failure); });
}

void StorageWorker::appendAnswer(qint64 answerId, const QString& text) {
    guarded(
        [&] {
            store().append_answer(answerId, text.toStdString());
            emit answerAppended(answerId);
        },
        [=, this](const auto& failure) { emit answerFailed(answerId, failure); });
}

void StorageWorker::finishAnswer(qint64 answerId, const storage::Outcome& outcome) {
    guarded(
        [&] {
            store().finish_answer(answerId, outcome);
            emit answerFinished(answerId);
        },
        [=, this](const auto& failure) { emit answerFailed(answerId, failure); });
}

void StorageWorker::selectSibling(quint64 ticket, qint64 messageId, int step) {
    guarded(
        [=, this] {
            const std::vector<storage::MessageId> siblings = store().siblings(messageId);
            const auto self = std::find(siblings.begin(), siblings.end(), messageId);
            const auto target = (self - siblings.begin()) + step;
            if (self == siblings.end() || target < 0 || target >= static_cast<std::ptrdiff_t>(siblings.size()))
                throw storage::Error(storage::ErrorKind::NotFound,
                                     "message " + std::to_string(messageId) + " has no sibling there");
            std::vector<storage::Message> branch = store().select_branch(siblings[static_cast<std::size_t>(target)]);
            const qint64 conversation = branch.front().conversation_id;
            emit conversationRead(
                {.ticket = ticket, .conversation = store().conversation(conversation), .branch = std::move(branch)});
        },
        [=, this](const auto& failure) { emit readFailed(ticket, failure); });
}

void StorageWorker::rename(qint64 conversationId, const QString& title) {
    guarded(
        [&] {
            store().rename(conversationId, title.toStdString());
            emit conversationStored(store().conversation(conversationId));
        },
        [this](const auto& failure) { emit failed(failure); });
}

void StorageWorker::setPinned(qint64 conversationId, bool pinned) {
    guarded(
        [=, this] {
            store().set_pinned(conversationId, pinned);
            emit conversationStored(store().conversation(conversationId));
        },
        [this](const auto& failure) { emit failed(failure); });
}

void StorageWorker::setDraft(qint64 conversationId, const QString& draft) {
    guarded([&] { store().set_draft(conversationId, draft.toStdString()); },
            [this](const auto& failure) { emit failed(failure); });
}

void StorageWorker::setParameters(qint64 conversationId, const QString& systemPrompt, const QString& parametersJson) {
    guarded([&] { store().set_parameters(conversationId, systemPrompt.toStdString(), parametersJson.toStdString()); },
            [this](const auto& failure) { emit failed(failure); });
}

void StorageWorker::trash(qint64 conversationId) {
    guarded(
        [=, this] {
            store().trash(conversationId);
            emit conversationRemoved(conversationId);
        },
        [this](const auto& failure) { emit failed(failure); });
}

void StorageWorker::restore(qint64 conversationId) {
    guarded(
        [=, this] {
            store().restore(conversationId);
            emit conversationStored(store().conversation(conversationId));
        },
        [this](const auto& failure) { emit failed(failure); });
}

void StorageWorker::search(quint64 ticket, const QString& words) {
    guarded([&] { emit searched({.ticket = ticket, .hits = store().search(words.toStdString(), kSearchHits)}); },
            [this](const auto& failure) { emit failed(failure); });
}

void StorageWorker::findRemoved(const QList<qint64>& conversationIds) {
    guarded(
        [&] {
            QList<qint64> removed;
            for (const qint64 id : conversationIds)
                if (!store().has_conversation(id))
                    removed += id;
            if (!removed.isEmpty())
                emit removedFound(removed);
        },
        [](const StorageFailure&) {});  // a database that cannot be read says nothing of what was removed
}

void StorageWorker::writeSettings(const QString& file, const QVariantMap& values) {
    QSettings settings(file, QSettings::IniFormat);
    for (auto entry = values.begin(); entry != values.end(); ++entry)
        settings.setValue(entry.key(), entry.value());
    settings.sync();
    if (settings.status() == QSettings::NoError)
        emit settingsWritten();
    else
        emit settingsFailed({.kind = storage::ErrorKind::Io, .message = file + ": settings could not be written"});
}

}  // namespace altiplano

// One program per data folder: the first holds a lock, a second start tells it to show itself.
#pragma once

#include <QLocalServer>
#include <QLockFile>
#include <QObject>

namespace altiplano {

/// GUI thread. Taken before the database is opened, given back by the destructor; the lock of a killed program is
/// taken over.
class SingleInstance : public QObject {
    Q_OBJECT

public:
    enum class Start {
        First,      ///< the lock is ours
        Second,     ///< another program has it and has been told
        NoFolder,   ///< the data folder cannot be written: there is nothing to lock and nothing to protect
        Unanswered  ///< another program has the lock but does not answer
    };

    explicit SingleInstance(const QString& dataFolder, QObject* parent = nullptr);
    /// Waits at most three seconds for the other program's answer.
    Start start();
    /// Another program may start now, before this one has quite ended.
    void release();

signals:
    /// A second start happened.
    void raiseRequested();

private:
    bool tellFirst() const;
    void listen();

    QString m_socket;
    QLockFile m_lock;
    QLocalServer m_server;
};

}  // namespace altiplano

#include "app/single_instance.h"

#include <QCryptographicHash>
#include <QDeadlineTimer>
#include <QDir>
#include <QLocalSocket>
#include <QStandardPaths>
#include <QThread>

namespace altiplano {

namespace {

constexpr int kWaitMs = 20'000;  // the first one may be loading its window on a slow machine
constexpr int kAttemptMs = 100;
constexpr char kRaise[] = "raise\n";

/// A socket's path must be short, so it is named after the folder's hash.
QString socketFor(const QString& dataFolder) {
    const QString folder = QDir(dataFolder).canonicalPath();
    const QByteArray hash = QCryptographicHash::hash(folder.toUtf8(), QCryptographicHash::Sha256).toHex().left(16);
    const QString runtime = QStandardPaths::writableLocation(QStandardPaths::RuntimeLocation);
    return QDir(runtime.isEmpty() ? QDir::tempPath() : runtime).filePath("altiplano-" + QString::fromLatin1(hash));
}

}  // namespace

SingleInstance::SingleInstance(const QString& dataFolder, QObject* parent)
    : QObject(parent), m_socket(socketFor(dataFolder)), m_lock(dataFolder + "/altiplano.lock") {
    m_lock.setStaleLockTime(0);  // a lock is stale when its process is gone, however old it is
    m_server.setSocketOptions(QLocalServer::UserAccessOption);
    connect(&m_server, &QLocalServer::newConnection, this, [this] {
        while (QLocalSocket* client = m_server.nextPendingConnection()) {
            connect(client, &QLocalSocket::disconnected, client, &QObject::deleteLater);
            client->write(kRaise);
            client->disconnectFromServer();
            emit raiseRequested();
        }
    });
}

SingleInstance::Start SingleInstance::start() {
    const QDeadlineTimer deadline(kWaitMs);
    do {
        if (m_lock.tryLock(0)) {
            listen();
            return Start::First;
        }
        if (m_lock.error() != QLockFile::LockFailedError)
            return Start::NoFolder;
        if (tellFirst())
            return Start::Second;
        QThread::msleep(kAttemptMs);  // the other one may be starting or ending
    } while (!deadline.hasExpired());
    return Start::Unanswered;
}

void SingleInstance::release() {
    m_server.close();
    m_lock.unlock();
}

bool SingleInstance::tellFirst() const {
    QLocalSocket socket;
    socket.connectToServer(m_socket);
    return socket.waitForConnected(kAttemptMs) && socket.waitForReadyRead(kWaitMs) &&
           socket.readAll().startsWith(kRaise);
}

void SingleInstance::listen() {
    QLocalServer::removeServer(m_socket);  // left by a killed program; the lock says that it is nobody's
    m_server.listen(m_socket);
}

}  // namespace altiplano

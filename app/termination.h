// Turns the signals that ask a program to end into an ordinary end of the event loop.
#pragma once

#include <QObject>
#include <QSocketNotifier>
#include <memory>

namespace altiplano {

/// GUI thread; one in a program. SIGTERM, SIGINT and SIGHUP quit the event loop.
class Termination : public QObject {
    Q_OBJECT

public:
    explicit Termination(QObject* parent = nullptr);

private:
    std::unique_ptr<QSocketNotifier> m_notifier;
};

}  // namespace altiplano

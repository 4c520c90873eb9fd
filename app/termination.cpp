#include "app/termination.h"

#include <QCoreApplication>
#include <array>
#include <csignal>
#include <sys/socket.h>
#include <unistd.h>

namespace altiplano {

namespace {

// A signal handler may do little more than write a byte; the event loop reads it at the other end.
std::array<int, 2> signalEnds{-1, -1};

void onSignal(int) {
    const char byte = 1;
    [[maybe_unused]] const ssize_t written = ::write(signalEnds[0], &byte, 1);
}

}  // namespace

Termination::Termination(QObject* parent) : QObject(parent) {
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, signalEnds.data()) != 0)
        return;
    m_notifier = std::make_unique<QSocketNotifier>(signalEnds[1], QSocketNotifier::Read);
    connect(m_notifier.get(), &QSocketNotifier::activated, this, [this] {
        m_notifier->setEnabled(false);
        QCoreApplication::quit();
    });
    struct sigaction action {};
    action.sa_handler = onSignal;
    action.sa_flags = SA_RESTART;
    for (const int signal : {SIGTERM, SIGINT, SIGHUP})
        ::sigaction(signal, &action, nullptr);
}

}  // namespace altiplano

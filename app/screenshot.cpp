#include "app/screenshot.h"

#include <QCoreApplication>
#include <cstdio>
#include <cstdlib>

#include "app/application.h"

namespace altiplano {

namespace {
constexpr int kLayoutMs = 400;  // for transitions and layout after the last change
}

Screenshot::Screenshot(QQuickWindow& window, Application& application, QString file)
    : m_window(window), m_application(application), m_file(std::move(file)) {
    m_timer.setSingleShot(true);
    m_timer.setInterval(kLayoutMs);
    connect(&m_timer, &QTimer::timeout, this, &Screenshot::take);
    connect(&m_application, &Application::settledChanged, this, &Screenshot::waitForPicture);
}

void Screenshot::waitForPicture() {
    if (m_application.settled())
        m_timer.start();
    else
        m_timer.stop();
}

void Screenshot::take() {
    const bool saved = m_window.grabWindow().save(m_file);
    if (!saved)
        std::fprintf(stderr, "altiplano: the picture could not be written to %s\n", qPrintable(m_file));
    QCoreApplication::exit(saved ? EXIT_SUCCESS : EXIT_FAILURE);
}

}  // namespace altiplano

// --screenshot: a picture of the window once there is something to see, then the end of the program.
#pragma once

#include <QObject>
#include <QQuickWindow>
#include <QTimer>

namespace altiplano {

class Application;

/// GUI thread.
class Screenshot : public QObject {
    Q_OBJECT

public:
    Screenshot(QQuickWindow& window, Application& application, QString file);

private:
    void waitForPicture();
    void take();

    QQuickWindow& m_window;
    Application& m_application;
    QString m_file;
    QTimer m_timer;
};

}  // namespace altiplano

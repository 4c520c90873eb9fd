// Whether the desktop is dark: asked of the settings portal, else judged by the palette.
#pragma once

#include <QDBusVariant>
#include <QObject>

namespace altiplano {

/// GUI thread; never waits for the bus.
class DesktopTheme : public QObject {
    Q_OBJECT

public:
    explicit DesktopTheme(QObject* parent = nullptr);
    /// Asks; darkFound follows, now by the palette and again whenever the portal says something.
    void start();

signals:
    void darkFound(bool dark);

private slots:
    void onSettingChanged(const QString& group, const QString& key, const QDBusVariant& value);

private:
    void judge(const QVariant& colorScheme);
};

}  // namespace altiplano

// Puts the window into a language at run time.
#pragma once

#include <QObject>
#include <QTranslator>

namespace altiplano {

/// GUI thread. Texts come from :/i18n; English is what stands in the source.
class Translations : public QObject {
    Q_OBJECT

public:
    explicit Translations(QObject* parent = nullptr);
    /// "" = the system's language. Where there is no translation the texts are English.
    void use(const QString& code);

private:
    QTranslator m_program;
    QTranslator m_qt;
};

}  // namespace altiplano

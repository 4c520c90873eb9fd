#include "app/translations.h"

#include <QCoreApplication>
#include <QLibraryInfo>
#include <QLocale>

namespace altiplano {

Translations::Translations(QObject* parent) : QObject(parent) {}

void Translations::use(const QString& code) {
    QCoreApplication::removeTranslator(&m_program);
    QCoreApplication::removeTranslator(&m_qt);
    const QLocale locale = code.isEmpty() ? QLocale::system() : QLocale(code);
    QLocale::setDefault(locale);
    if (m_qt.load(locale, "qtbase", "_", QLibraryInfo::path(QLibraryInfo::TranslationsPath)))
        QCoreApplication::installTranslator(&m_qt);
    if (m_program.load(locale, "altiplano", "_", ":/i18n"))
        QCoreApplication::installTranslator(&m_program);
}

}  // namespace altiplano

// What can be measured of the look: contrast, nothing outside the window, sizes that follow the text.
#include <QColor>
#include <QQmlComponent>
#include <QTemporaryDir>
#include <cmath>

#include "tests/ui/program.h"

using altiplano::MessageListModel;
using altiplano::Settings;
using altiplano::tests::Program;

namespace {

double linear(double channel) {
    return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
}

/// Relative luminance and contrast ratio as WCAG 2 defines them.
double luminance(const QColor& color) {
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
}

double contrast(const QColor& a, const QColor& b) {
    const double bright = std::max(luminance(a), luminance(b));
    const double dim = std::min(luminance(a), luminance(b));
    return (bright + 0.05) / (dim + 0.05);
}

constexpr double kText = 4.5;
constexpr double kControl = 3.0;

}  // namespace

class LookTest : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Program> m_program;
    std::unique_ptr<QObject> m_themeHolder;

    Settings& settings() { return *m_program->application().settings(); }
    QObject* theme() {
        if (!m_themeHolder) {
            QQmlComponent component(&m_program->engine());
            component.setData(
                "import QtQuick\nimport Altiplano.Ui\nQtObject { readonly property QtObject theme: Theme }", {});
            m_themeHolder.reset(component.create());
        }
        return m_themeHolder->property("theme").value<QObject*>();
    }
    QColor color(const char* name) { return theme()->property(name).value<QColor>(); }
    void expectContrast(const char* ink, double least) {
        for (const char* ground : {"page", "surface", "raised"}) {
            const double ratio = contrast(color(ink), color(ground));
            QVERIFY2(ratio >= least, qPrintable(QStringLiteral("%1 on %2: %3").arg(ink, ground).arg(ratio)));
        }
    }

    /// What a person operates and that is not wholly within the sides of the window.
    QString firstOutside() {
        for (const QAccessible::Role role : {QAccessible::Button, QAccessible::ComboBox, QAccessible::EditableText})
            for (QQuickItem* item : m_program->all(role)) {
                const QRectF place = item->mapRectToScene({0, 0, item->width(), item->height()});
                if (place.left() < 0 || place.right() > m_program->window().width())
                    return Program::nameOf(item);
            }
        return {};
    }

private slots:
    void init() {
        m_folder = std::make_unique<QTemporaryDir>();
        m_program = std::make_unique<Program>(m_folder->path());
        QVERIFY(m_program->ready());
    }
    void cleanup() {
        m_themeHolder.reset();
        m_program.reset();
    }

    void textAndControlsStandOut_data() {
        QTest::addColumn<bool>("dark");
        QTest::addColumn<bool>("high");
        QTest::newRow("light") << false << false;
        QTest::newRow("dark") << true << false;
        QTest::newRow("light, high contrast") << false << true;
        QTest::newRow("dark, high contrast") << true << true;
    }
    void textAndControlsStandOut() {
        QFETCH(bool, dark);
        QFETCH(bool, high);
        settings().setTheme(dark ? Settings::Dark : Settings::Light);
        settings().setHighContrast(high);
        QTRY_COMPARE(theme()->property("dark").toBool(), dark);
        for (const char* ink : {"text", "secondary", "accent", "good", "caution", "error"})
            expectContrast(ink, high ? 7.0 : kText);
        expectContrast("outline", kControl);
        QVERIFY(contrast(color("accentText"), color("accent")) >= kText);
        QVERIFY(contrast(color("text"), color("selection")) >= kText);
    }

    void nothingLeavesTheWindow_data() {
        QTest::addColumn<QSize>("size");
        QTest::addColumn<double>("scale");
        QTest::addColumn<Qt::Key>("page");
        for (const Qt::Key page : {Qt::Key_L, Qt::Key_M, Qt::Key_Comma, Qt::Key_P})
            for (const double scale : {1.0, 2.0, 3.0})
                QTest::addRow("page %d at %.0f %%", page, scale * 100) << QSize(560, 480) << scale << page;
    }
    void nothingLeavesTheWindow() {
        QFETCH(QSize, size);
        QFETCH(double, scale);
        QFETCH(Qt::Key, page);
        QVERIFY(m_program->askAndWait(QStringLiteral("german table")));
        m_program->window().resize(size);
        settings().setTextScale(scale);
        m_program->press(page, Qt::ControlModifier);
        QTRY_COMPARE(m_program->window().size(), size);
        m_program->window().grabWindow();  // everything is laid out now
        QTRY_COMPARE(firstOutside(), QString());
    }

    void textGrowsWithItsSetting() {
        QVERIFY(m_program->askAndWait(QStringLiteral("hello")));
        const auto height = [this] { return m_program->all(QAccessible::Paragraph).value(0)->height(); };
        const double before = height();
        settings().setTextScale(2.0);
        QTRY_VERIFY(height() > before * 1.8);
    }

    void aTableShowsItsCells() {
        QVERIFY(m_program->askAndWait(QStringLiteral("a table")));
        QTRY_COMPARE(m_program->all(QAccessible::ColumnHeader).size(), 4);
        QCOMPARE(m_program->all(QAccessible::Cell).size(), 12);
        QVERIFY(m_program->find(QStringLiteral("Q4_K_M"), QAccessible::Cell));
    }

    void rightToLeftParagraphsStandRight() {
        QVERIFY(m_program->askAndWait(QStringLiteral("arabic")));
        QTRY_VERIFY(!m_program->all(QAccessible::Paragraph).isEmpty());
        QCOMPARE(m_program->all(QAccessible::Paragraph).value(0)->property("horizontalAlignment").toInt(),
                 static_cast<int>(Qt::AlignRight));
    }
};

QTEST_MAIN(LookTest)
#include "look_test.moc"

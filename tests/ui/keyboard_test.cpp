// Everything by keyboard: Tab reaches it, it says its name, and it is seen.
#include <QSet>
#include <QTemporaryDir>

#include "tests/ui/program.h"

using altiplano::MessageListModel;
using altiplano::tests::Program;

class KeyboardTest : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Program> m_program;

    /// Presses Tab until the keyboard is where it was at first; the names of all stops.
    QSet<QString> walk(Qt::Key key) {
        QSet<QString> names;
        QQuickItem* first = m_program->focused();
        for (int steps = 0; steps < 200; ++steps) {
            m_program->press(key);
            QQuickItem* item = m_program->focused();
            if (!item || item == first)
                break;
            const QString name = Program::nameOf(item);
            if (name.isEmpty())
                qWarning() << "no name:" << item;
            names.insert(name);
            const QRectF place = item->mapRectToScene({0, 0, item->width(), item->height()});
            if (!place.intersects(QRectF(QPointF(), m_program->window().size())))
                qWarning() << "out of sight:" << name << place;
        }
        return names;
    }
    void expectStops(const QSet<QString>& names, const QStringList& expected) {
        QVERIFY2(!names.contains(QString()), "something that Tab reaches has no name");
        for (const QString& name : expected)
            QVERIFY2(names.contains(name), qPrintable("Tab does not reach " + name));
    }

private slots:
    void init() {
        QTest::failOnWarning(QRegularExpression(QStringLiteral("out of sight|no name")));
        m_folder = std::make_unique<QTemporaryDir>();
        m_program = std::make_unique<Program>(m_folder->path());
        QVERIFY(m_program->ready());
    }
    void cleanup() { m_program.reset(); }

    void tabReachesEverythingInTheChat() {
        QVERIFY(m_program->askAndWait(QStringLiteral("code please")));
        expectStops(walk(Qt::Key_Tab), {"New chat", "Hide the sidebar", "Search chats", "Models", "Settings",
                                        "Title: code please", "Parameters", "Copy the answer", "Answer again",
                                        "You: code please", "Edit and ask again", "Wrap long lines"});
    }

    void backtabWalksTheSameWay() {
        const QSet<QString> forth = walk(Qt::Key_Tab);
        m_program->press(Qt::Key_L, Qt::ControlModifier);
        QCOMPARE(walk(Qt::Key_Backtab), forth);
    }

    void tabReachesEverySetting() {
        m_program->press(Qt::Key_Comma, Qt::ControlModifier);
        QTRY_VERIFY(m_program->find(QStringLiteral("Theme"), QAccessible::ComboBox));
        expectStops(walk(Qt::Key_Tab),
                    {"Theme", "Language", "Smaller text", "Larger text", "High contrast", "Less motion",
                     "Context length", "Precision of the context", "Threads", "Choose the models folder"});
        m_program->press(Qt::Key_Escape);
        QTRY_COMPARE(Program::nameOf(m_program->focused()), QStringLiteral("Message"));
    }

    void tabReachesTheModels() {
        m_program->press(Qt::Key_M, Qt::ControlModifier);
        QTRY_VERIFY(m_program->find(QStringLiteral("Open file…"), QAccessible::Button));
        QTRY_VERIFY(!m_program->application().models()->scanning());
        expectStops(walk(Qt::Key_Tab), {"Open file…", "Models folder", "Look again"});
    }

    void tabReachesEveryParameter() {
        m_program->press(Qt::Key_P, Qt::ControlModifier);
        QTRY_VERIFY(m_program->find(QStringLiteral("System prompt")));
        const QSet<QString> names = walk(Qt::Key_Tab);
        expectStops(names, {"System prompt", "Stop strings", "Close the parameters"});
        auto* parameters = m_program->application().parameters();
        for (int row = 0; row < parameters->rowCount(); ++row) {
            const QString label =
                parameters->data(parameters->index(row), altiplano::ParameterListModel::LabelRole).toString();
            QVERIFY2(names.contains(label), qPrintable("Tab does not reach " + label));
        }
    }

    void aParameterIsSetWithArrowsAndReset() {
        m_program->press(Qt::Key_P, Qt::ControlModifier);
        auto* parameters = m_program->application().parameters();
        const auto value = [=] {
            return parameters->data(parameters->index(0), altiplano::ParameterListModel::ValueRole).toDouble();
        };
        const double before = value();
        QTRY_VERIFY(m_program->find(QStringLiteral("Temperature"), QAccessible::Slider));
        m_program->find(QStringLiteral("Temperature"), QAccessible::Slider)->forceActiveFocus(Qt::TabFocusReason);
        m_program->press(Qt::Key_Right);
        QTRY_VERIFY(value() > before);
        QVERIFY(m_program->clickOn(QStringLiteral("Back to the default")));
        QTRY_COMPARE(value(), before);
    }

    void shortcutsOpenAndCloseThings() {
        auto* settings = m_program->application().settings();
        const bool open = settings->sidebarOpen();
        m_program->press(Qt::Key_B, Qt::ControlModifier);
        QTRY_COMPARE(settings->sidebarOpen(), !open);
        m_program->press(Qt::Key_B, Qt::ControlModifier);
        QTRY_COMPARE(settings->sidebarOpen(), open);
        const double scale = settings->textScale();
        m_program->press(Qt::Key_Plus, Qt::ControlModifier);
        QTRY_VERIFY(settings->textScale() > scale);
        m_program->press(Qt::Key_0, Qt::ControlModifier);
        QTRY_COMPARE(settings->textScale(), 1.0);
        m_program->press(Qt::Key_F1);
        QTRY_VERIFY(m_program->find(QStringLiteral("Shortcuts")));
        m_program->press(Qt::Key_Escape);
        QTRY_VERIFY(!m_program->find(QStringLiteral("Shortcuts")));
    }
};

QTEST_MAIN(KeyboardTest)
#include "keyboard_test.moc"

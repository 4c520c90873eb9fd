// The engine thread's only object: loads models and writes answers, and turns what they throw into values.
#pragma once

#include <QElapsedTimer>
#include <QObject>
#include <memory>

#include "app/chat_engine.h"

namespace altiplano {

/// Lives on the engine thread. A slot may run for minutes: it looks at its stop token.
class EngineWorker : public QObject {
    Q_OBJECT

public:
    /// marker: a file that exists while a model loads, so that a load that ends the program is noticed.
    EngineWorker(std::unique_ptr<ChatEngine> engine, QString marker);

public slots:
    void load(const altiplano::LoadRequest& request, std::stop_token stop);
    void unload();
    void generate(const altiplano::GenerationRequest& request, std::stop_token stop);

signals:
    void loadProgressed(quint64 ticket, qint64 done, qint64 total);
    void loadFinished(const altiplano::LoadEnd& end);
    void prefillProgressed(quint64 run, int done, int total);
    void textProduced(const altiplano::GeneratedText& text);
    void generationFinished(const altiplano::GenerationEnd& end);

private:
    bool frameIsOver();

    std::unique_ptr<ChatEngine> m_engine;
    QString m_marker;
    QElapsedTimer m_sinceSignal;
};

}  // namespace altiplano

#include "app/plan_text.h"

#include <QCoreApplication>
#include <QLocale>
#include <QRegularExpression>
#include <algorithm>

#include "app/error_text.h"

namespace altiplano {

namespace {

/// The context of these texts for translators.
struct PlanText {
    Q_DECLARE_TR_FUNCTIONS(altiplano::PlanText)
};

constexpr int kThousand = 1024;

/// The device that lacks the most; null where none lacks anything.
const engine::RankPlacement* tightest(const engine::PlacementPlan& plan) {
    const engine::RankPlacement* worst = nullptr;
    for (const engine::Stage& stage : plan.stages)
        for (const engine::RankPlacement& rank : stage.ranks)
            if (rank.free_bytes() < 0 && (!worst || rank.free_bytes() < worst->free_bytes()))
                worst = &rank;
    return worst;
}

std::size_t rankCount(const engine::PlacementPlan& plan) {
    std::size_t count = 0;
    for (const engine::Stage& stage : plan.stages)
        count += stage.ranks.size();
    return count;
}

const engine::Stage* cpuStageBesideCards(const engine::PlacementPlan& plan) {
    const engine::Stage& last = plan.stages.back();
    const bool isCpu = last.ranks.front().device.kind == engine::DeviceKind::Cpu;
    return isCpu && plan.stages.size() > 1 ? &last : nullptr;
}

qint64 largestCard(const ComputeDevices& devices) {
    qint64 most = 0;
    for (const ComputeDevice& card : devices.cards)
        most = std::max<qint64>(most, card.info.total_bytes);
    return most;
}

/// The engine's sentences in the language of the window; one that is not known here stays as it is.
QString whyNoCards(const QString& reason) {
    static const QRegularExpression kTooOld(
        "the NVIDIA driver ([\\d.]*) ?is too old: it serves CUDA ([\\d.]+), but CUDA ([\\d.]+) is needed; install "
        "driver "
        "(\\d+)");
    static const QRegularExpression kLibrary("GPUs need ([^,]+), which is not installed");
    if (reason == QLatin1String("there is no NVIDIA driver on this machine"))
        return PlanText::tr("there is no NVIDIA driver on this computer");
    if (reason == QLatin1String("the NVIDIA driver finds no GPU"))
        return PlanText::tr("the NVIDIA driver finds no GPU");
    if (reason.startsWith(QLatin1String("this build of the program has no GPU support")))
        return PlanText::tr("this build of the program has no GPU support");
    if (const QRegularExpressionMatch match = kTooOld.match(reason); match.hasMatch())
        return PlanText::tr(
                   "the NVIDIA driver %1 is too old, it serves CUDA %2 and CUDA %3 is needed; install driver %4 "
                   "or newer")
            .arg(match.captured(1), match.captured(2), match.captured(3), match.captured(4));
    if (const QRegularExpressionMatch match = kLibrary.match(reason); match.hasMatch())
        return PlanText::tr(
                   "%1 is not installed; install cuBLAS and NCCL of CUDA 13 (the packages libcublas-13-0 and "
                   "libnccl2 of NVIDIA)")
            .arg(match.captured(1));
    return reason;
}

/// Why the cards are not joined as they could be.
QString whyNotJoined(const QString& reason) {
    static const QRegularExpression kOthers("^(.*) \\(and (\\d+) ways more\\)$");
    static const QRegularExpression kNoWay("^there is no direct way from GPU (\\d+) to GPU (\\d+)$");
    if (const QRegularExpressionMatch match = kOthers.match(reason); match.hasMatch()) {
        const int others = match.captured(2).toInt();  // within the call lupdate would read it for ever
        return QCoreApplication::translate("altiplano::PlanText", "%1 (and %n way(s) more)", nullptr, others)
            .arg(whyNotJoined(match.captured(1)));
    }
    if (const QRegularExpressionMatch match = kNoWay.match(reason); match.hasMatch())
        return PlanText::tr("there is no direct way from GPU %1 to GPU %2").arg(match.captured(1), match.captured(2));
    return reason;
}

}  // namespace

QString deviceTitle(const engine::DeviceInfo& device) {
    return device.kind == engine::DeviceKind::Cpu ? PlanText::tr("Memory of this computer")
                                                  : PlanText::tr("GPU %1").arg(device.index);
}

QString contextText(int tokens) {
    return tokens % kThousand == 0 ? QStringLiteral("%1K").arg(tokens / kThousand) : QLocale().toString(tokens);
}

QString cacheTypeText(engine::DType type) {
    switch (type) {
        case engine::DType::Q8_0:
            return PlanText::tr("8 bits");
        case engine::DType::F8_E4M3:
            return PlanText::tr("8 bits (FP8)");
        case engine::DType::F32:
            return PlanText::tr("32 bits");
        default:
            return PlanText::tr("16 bits");
    }
}

QString typeName(engine::DType type) {
    if (type == engine::DType::F8_E4M3)
        return QStringLiteral("FP8");
    const std::string_view name = engine::name(type);
    return QString::fromLatin1(name.data(), static_cast<qsizetype>(name.size()));
}

QString weightTypeText(const WeightType& type) {
    const QString size = memorySizeText(type.bytes);
    if (!type.convertTo)
        return PlanText::tr("As they are, %1").arg(size);
    const QString name = typeName(*type.convertTo);
    return type.convertTo == engine::DType::BF16 ? PlanText::tr("16 bits (%1), %2").arg(name, size)
                                                 : PlanText::tr("8 bits (%1), %2").arg(name, size);
}

QString verdictText(const PlanReport& report) {
    const engine::PlacementPlan& plan = *report.plan;
    if (const engine::RankPlacement* worst = tightest(plan)) {
        const QString missing = memorySizeText(-worst->free_bytes());
        return rankCount(plan) == 1
                   ? PlanText::tr("Does not fit: %1 are missing.").arg(missing)
                   : PlanText::tr("Does not fit: %1 are missing (%2).").arg(missing, deviceTitle(worst->device));
    }
    const QString free = memorySizeText(plan.tightest_bytes());
    return rankCount(plan) == 1 ? PlanText::tr("Fits: %1 stay free.").arg(free)
                                : PlanText::tr("Fits: at least %1 stay free on each GPU.").arg(free);
}

QString shareText(const PlanReport& report, const engine::Stage& stage, std::size_t rank) {
    QStringList words;
    if (stage.part.layer_count == 0)
        words += PlanText::tr("no layers");
    else if (stage.part.layer_count < report.layers)
        words += PlanText::tr("layers %1 to %2 of %3")
                     .arg(stage.part.first_layer + 1)
                     .arg(stage.part.first_layer + stage.part.layer_count)
                     .arg(report.layers);
    if (stage.ranks.size() > 1)
        words += PlanText::tr("part %1 of %2 of each layer").arg(rank + 1).arg(stage.ranks.size());
    return words.join(QStringLiteral(", "));
}

QString planNoteText(const PlanReport& report) {
    const engine::PlacementPlan& plan = *report.plan;
    QStringList sentences;
    const auto unused = static_cast<int>(plan.unused.size());
    if (unused > 0 && plan.stages.size() == 1 && plan.stages.front().ranks.size() == 1)
        sentences += PlanText::tr("So small a model is computed sooner by one card.");
    else if (unused > 0)
        sentences += QCoreApplication::translate(
            "altiplano::PlanText", "%n card(s) are left out: 2, 4 or 8 cards can share a layer, other numbers cannot.",
            nullptr, unused);
    else if (!plan.note.empty() && plan.stages.size() > 1)
        sentences += PlanText::tr("The cards differ in memory, so each computes layers of its own.");
    if (const engine::Stage* cpu = cpuStageBesideCards(plan))
        sentences += PlanText::tr("The processor computes %1 of %2 layers, which is much slower.")
                         .arg(cpu->part.layer_count)
                         .arg(report.layers);
    return sentences.join(QLatin1Char(' '));
}

QString loadNoteText(const QString& note) {
    static const QRegularExpression kNoDirectWays(
        "^the GPUs do not write to each other's memory, which makes answers slower: (.*)$");
    static const QRegularExpression kInPieces("^large sums go in pieces, which makes long prompts slower: (.*)$");
    if (const QRegularExpressionMatch match = kNoDirectWays.match(note); match.hasMatch())
        return PlanText::tr("The cards do not write to each other's memory, which makes answers slower: %1.")
            .arg(whyNotJoined(match.captured(1)));
    if (const QRegularExpressionMatch match = kInPieces.match(note); match.hasMatch())
        return PlanText::tr("The cards add up large results in pieces, which makes long prompts slower: %1.")
            .arg(whyNotJoined(match.captured(1)));
    return note.left(1).toUpper() + note.mid(1) + QLatin1Char('.');
}

QString changeText(const PlanReport& report, const engine::PlacementChange& change) {
    QStringList words;
    if (change.weights)
        words += PlanText::tr("Convert the weights to %1 while loading").arg(typeName(*change.weights));
    if (change.kv_type)
        words += PlanText::tr("Context in %1").arg(cacheTypeText(*change.kv_type));
    if (change.context)
        words += PlanText::tr("Context of %1 tokens").arg(contextText(*change.context / kThousand * kThousand));
    if (change.gpus)
        words += QCoreApplication::translate("altiplano::PlanText", "%n GPU(s) of %1", nullptr, *change.gpus)
                     .arg(memorySizeText(largestCard(report.devices)));
    if (change.cpu_layers && report.devices.cards.empty())
        words += PlanText::tr("%1 of free memory").arg(memorySizeText(change.cpu_bytes));
    else if (change.cpu_layers)
        words += PlanText::tr("%1 of %2 layers on the processor (%3 of memory)")
                     .arg(*change.cpu_layers)
                     .arg(report.layers)
                     .arg(memorySizeText(change.cpu_bytes));
    return words.join(QStringLiteral(", "));
}

bool canApply(const PlanReport& report, const engine::PlacementChange& change) {
    if (change.gpus)
        return false;
    return !change.cpu_layers ||
           (!report.devices.cards.empty() && change.cpu_bytes <= report.devices.memory.info.available_bytes());
}

PlanChoices changed(PlanChoices choices, const engine::PlacementChange& change) {
    if (change.context)
        choices.context = *change.context / kThousand * kThousand;
    if (change.kv_type)
        choices.cacheType = *change.kv_type;
    if (change.weights)
        choices.weights = change.weights;
    choices.besideCpu = choices.besideCpu || change.cpu_layers.has_value();
    return choices;
}

QString useText(const DeviceUse& use, const engine::MemoryNeeds& planned) {
    const qint64 expected =
        planned.weights + planned.kv_cache + (use.other > 0 ? planned.scratch + planned.libraries : 0);
    const double percent =
        expected > 0 ? 100.0 * static_cast<double>(use.total() - expected) / static_cast<double>(expected) : 0.0;
    const QString sign = percent > 0 ? QStringLiteral("+") : QString();
    return PlanText::tr("In memory now: weights %1, context %2 (%3 % against the plan)")
        .arg(memorySizeText(use.weights), memorySizeText(use.cache), sign + QLocale().toString(percent, 'f', 1));
}

QString cardsText(const ComputeDevices& devices) {
    if (devices.cards.empty())
        return devices.whyNoCards.isEmpty()
                   ? QString()
                   : PlanText::tr("No graphics card is used: %1.").arg(whyNoCards(devices.whyNoCards));
    QStringList cards;
    for (const ComputeDevice& card : devices.cards) {
        const QString text = QStringLiteral("%1 (%2)").arg(card.name, memorySizeText(card.info.total_bytes));
        cards += card.whyNot.isEmpty() ? text : PlanText::tr("%1 cannot be used: %2").arg(text, card.whyNot);
    }
    return cards.join(QStringLiteral(", "));
}

}  // namespace altiplano

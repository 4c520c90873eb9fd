// The devices of a plan, one bar each: what of their memory is for what.
#pragma once

#include <QAbstractListModel>
#include <QtQml/qqmlregistration.h>
#include <optional>
#include <vector>

#include "app/plan_report.h"

namespace altiplano {

/// GUI thread. The cards in their order, then the memory of the computer.
class PlanDeviceListModel : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by PlanController")

public:
    enum Role {
        TitleRole = Qt::UserRole,  ///< "GPU 0"
        NameRole,                  ///< "NVIDIA H200"
        ShareRole,                 ///< "layers 1 to 40 of 80"; "not used"
        ChoosableRole,             ///< the user decides whether it is used
        ChosenRole,
        PartsRole,  ///< five shares of the bar: weights, context, scratch, libraries, in use by others
        LimitRole,  ///< where on the bar its memory ends: 1, less where more is needed than there is
        SizesRole,  ///< "71.2 GiB of 80.0 GiB, 8.8 GiB free"
        OverfullRole,
        DetailsRole,   ///< every part with its size, in one sentence
        UseRole,       ///< what the loaded model really takes; empty where it is another one
        UsedPartsRole  ///< the same as shares of the bar; empty where it is another one
    };

    explicit PlanDeviceListModel(QObject* parent);

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

    /// uses: of the model in memory where this is its plan.
    void setReport(const std::optional<PlanReport>& report, const std::vector<DeviceUse>& uses);
    /// The device of a row.
    const engine::DeviceInfo& device(int row) const { return m_rows[static_cast<std::size_t>(row)].info; }
    void retranslate();

private:
    struct Row {
        engine::DeviceInfo info;
        QString name;
        QString whyNot;
        bool choosable = false;
        bool chosen = false;
        const engine::Stage* stage = nullptr;  ///< in m_report; null: no part of the plan
        std::size_t rank = 0;
        std::optional<DeviceUse> use;

        engine::MemoryNeeds needs() const { return stage ? stage->ranks[rank].needs : engine::MemoryNeeds(); }
        double scale() const;
    };
    std::vector<Row> rowsOf(const std::vector<DeviceUse>& uses) const;
    QString share(const Row& row) const;

    std::optional<PlanReport> m_report;
    std::vector<Row> m_rows;
};

}  // namespace altiplano

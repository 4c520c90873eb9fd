#include "app/plan_device_list_model.h"

#include <algorithm>

#include "app/error_text.h"
#include "app/plan_text.h"

namespace altiplano {

namespace {

QVariant shares(const std::vector<qint64>& sizes, double whole) {
    QList<double> list;  // what QML calls list<real>
    for (const qint64 size : sizes)
        list += static_cast<double>(size) / whole;
    return QVariant::fromValue(list);
}

QString sizesText(const engine::DeviceInfo& device, qint64 needed) {
    const qint64 used = device.in_use_bytes + needed;
    const QString text =
        PlanDeviceListModel::tr("%1 of %2").arg(memorySizeText(used), memorySizeText(device.total_bytes));
    return used > device.total_bytes
               ? PlanDeviceListModel::tr("%1, %2 missing").arg(text, memorySizeText(used - device.total_bytes))
               : PlanDeviceListModel::tr("%1, %2 free").arg(text, memorySizeText(device.total_bytes - used));
}

QString detailsText(const engine::DeviceInfo& device, const engine::MemoryNeeds& needs) {
    return PlanDeviceListModel::tr(
               "Weights %1, context %2, working memory %3, program and libraries %4, other programs %5.")
        .arg(memorySizeText(needs.weights), memorySizeText(needs.kv_cache), memorySizeText(needs.scratch),
             memorySizeText(needs.libraries), memorySizeText(device.in_use_bytes));
}

}  // namespace

double PlanDeviceListModel::Row::scale() const {
    return static_cast<double>(std::max({info.total_bytes, info.in_use_bytes + needs().total(), std::int64_t{1}}));
}

PlanDeviceListModel::PlanDeviceListModel(QObject* parent) : QAbstractListModel(parent) {}

int PlanDeviceListModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant PlanDeviceListModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Row& row = m_rows[static_cast<std::size_t>(index.row())];
    const engine::MemoryNeeds needs = row.needs();
    switch (role) {
        case TitleRole:
            return deviceTitle(row.info);
        case NameRole:
            return row.name;
        case ShareRole:
            return share(row);
        case ChoosableRole:
            return row.choosable;
        case ChosenRole:
            return row.chosen;
        case PartsRole:
            return shares({needs.weights, needs.kv_cache, needs.scratch, needs.libraries, row.info.in_use_bytes},
                          row.scale());
        case LimitRole:
            return static_cast<double>(row.info.total_bytes) / row.scale();
        case SizesRole:
            return sizesText(row.info, needs.total());
        case OverfullRole:
            return row.info.in_use_bytes + needs.total() > row.info.total_bytes;
        case DetailsRole:
            return detailsText(row.info, needs);
        case UseRole:
            return row.use ? useText(*row.use, needs) : QString();
        case UsedPartsRole:
            return row.use ? shares({row.use->weights, row.use->cache, row.use->other}, row.scale())
                           : QVariant::fromValue(QList<double>());
        default:
            return {};
    }
}

QHash<int, QByteArray> PlanDeviceListModel::roleNames() const {
    return {{TitleRole, "title"},       {NameRole, "name"},       {ShareRole, "share"}, {ChoosableRole, "choosable"},
            {ChosenRole, "chosen"},     {PartsRole, "parts"},     {LimitRole, "limit"}, {SizesRole, "sizes"},
            {OverfullRole, "overfull"}, {DetailsRole, "details"}, {UseRole, "use"},     {UsedPartsRole, "usedParts"}};
}

void PlanDeviceListModel::setReport(const std::optional<PlanReport>& report, const std::vector<DeviceUse>& uses) {
    m_report = report;  // before the rows, which point into it
    std::vector<Row> rows = rowsOf(uses);
    if (rows.size() != m_rows.size()) {
        beginResetModel();
        m_rows = std::move(rows);
        endResetModel();
        return;
    }
    m_rows = std::move(rows);
    retranslate();
}

void PlanDeviceListModel::retranslate() {
    if (!m_rows.empty())
        emit dataChanged(index(0), index(rowCount() - 1));
}

std::vector<PlanDeviceListModel::Row> PlanDeviceListModel::rowsOf(const std::vector<DeviceUse>& uses) const {
    std::vector<Row> rows;
    if (!m_report || !m_report->plan)
        return rows;
    const std::vector<engine::DeviceInfo> chosen = chosenDevices(m_report->devices, m_report->choices);
    const bool anyCard = chosen.front().kind == engine::DeviceKind::Gpu;
    const auto same = [](const engine::DeviceInfo& a, const auto& b) { return a.kind == b.kind && a.index == b.index; };
    const auto add = [&](const ComputeDevice& device, bool choosable) {
        Row row;
        row.info = device.info;
        row.name = device.name;
        row.whyNot = device.whyNot;
        row.choosable = choosable;
        row.chosen = std::any_of(chosen.begin(), chosen.end(), [&](const auto& one) { return same(one, row.info); });
        for (const engine::Stage& stage : m_report->plan->stages)
            for (std::size_t rank = 0; rank < stage.ranks.size(); ++rank)
                if (same(stage.ranks[rank].device, row.info)) {
                    row.stage = &stage;
                    row.rank = rank;
                }
        for (const DeviceUse& use : uses)
            if (same(row.info, use) && row.stage)
                row.use = use;
        rows.push_back(row);
    };
    for (const ComputeDevice& card : m_report->devices.cards)
        add(card, card.whyNot.isEmpty());
    add(m_report->devices.memory, anyCard);
    return rows;
}

QString PlanDeviceListModel::share(const Row& row) const {
    if (row.stage)
        return shareText(*m_report, *row.stage, row.rank);
    if (!row.whyNot.isEmpty())
        return row.whyNot;
    return row.chosen && row.info.kind == engine::DeviceKind::Cpu ? tr("not needed") : tr("not used");
}

}  // namespace altiplano

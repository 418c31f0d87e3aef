// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/claimtable.h"

#include "core/plaintext.h"
#include "models/itemroles.h"
#include "style/icons.h"
#include "style/metrics.h"
#include "style/theme.h"
#include "style/typography.h"
#include "widgets/clipboard.h"
#include "widgets/countdownchip.h"
#include "widgets/tabledelegate.h"

#include <QAbstractTableModel>
#include <QContextMenuEvent>
#include <QDateTime>
#include <QHash>
#include <QHeaderView>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QKeyEvent>
#include <QLocale>
#include <QMenu>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

QString meaningOf(const QString &name)
{
    static const QHash<QString, QString> meanings = {
        {u"iss"_s, ClaimTable::tr("Issuer")},
        {u"sub"_s, ClaimTable::tr("Subject")},
        {u"aud"_s, ClaimTable::tr("Audience")},
        {u"exp"_s, ClaimTable::tr("Expires")},
        {u"nbf"_s, ClaimTable::tr("Not before")},
        {u"iat"_s, ClaimTable::tr("Issued at")},
        {u"jti"_s, ClaimTable::tr("Token ID")},
        {u"azp"_s, ClaimTable::tr("Authorized party")},
        {u"scope"_s, ClaimTable::tr("Granted scopes")},
        {u"scp"_s, ClaimTable::tr("Granted scopes")},
        {u"nonce"_s, ClaimTable::tr("Ties the ID token to this login")},
        {u"at_hash"_s, ClaimTable::tr("Hash of the access token")},
        {u"auth_time"_s, ClaimTable::tr("Signed in at")},
        {u"acr"_s, ClaimTable::tr("Authentication context")},
        {u"amr"_s, ClaimTable::tr("Authentication methods")},
        {u"sid"_s, ClaimTable::tr("Session ID")},
        {u"email"_s, ClaimTable::tr("Email address")},
        {u"name"_s, ClaimTable::tr("Full name")},
        {u"preferred_username"_s, ClaimTable::tr("User name")},
        {u"groups"_s, ClaimTable::tr("Groups")},
        {u"client_id"_s, ClaimTable::tr("Client app")},
    };
    return meanings.value(name);
}

// What every reader looks for comes first; the rest keeps the order of the names.
int rankOf(const QString &name)
{
    static const QStringList first = {u"iss"_s, u"sub"_s, u"aud"_s, u"azp"_s,
                                      u"exp"_s, u"iat"_s, u"nbf"_s, u"scope"_s};
    const qsizetype place = first.indexOf(name);
    return static_cast<int>(place < 0 ? first.size() : place);
}

bool isTime(const QString &name)
{
    return name == "exp"_L1 || name == "nbf"_L1 || name == "iat"_L1 || name == "auth_time"_L1 ||
           name == "updated_at"_L1;
}

QString textOf(const QJsonValue &value)
{
    switch (value.type()) {
    case QJsonValue::String:
        return value.toString();
    case QJsonValue::Double:
        return value.toDouble() == static_cast<double>(value.toInteger()) ? QString::number(value.toInteger())
                                                                          : QString::number(value.toDouble());
    case QJsonValue::Bool:
        return value.toBool() ? u"true"_s : u"false"_s;
    case QJsonValue::Object:
        return QString::fromUtf8(QJsonDocument(value.toObject()).toJson(QJsonDocument::Compact));
    case QJsonValue::Array:
        return QString::fromUtf8(QJsonDocument(value.toArray()).toJson(QJsonDocument::Compact));
    case QJsonValue::Null:
    case QJsonValue::Undefined:
        break;
    }
    return u"null"_s;
}

QStringList valuesOf(const QJsonValue &value)
{
    const QJsonArray array = value.toArray();
    if (array.isEmpty())
        return {textOf(value)};
    QStringList values;
    for (const auto &entry : array)
        values << textOf(entry);
    return values;
}

/// Claims are in seconds (RFC 7519 section 2), but OneLogin's updated_at is in milliseconds.
std::optional<QDateTime> momentOf(double value)
{
    constexpr double lastSecond = 253'402'300'799; // of the year 9999
    if (value < 0 || value > lastSecond * 1000)
        return std::nullopt;
    constexpr double leastMilliseconds = 1e11; // the year 5138 in seconds, 1973 in milliseconds
    return value < leastMilliseconds ? QDateTime::fromSecsSinceEpoch(static_cast<qint64>(value), Qt::UTC)
                                     : QDateTime::fromMSecsSinceEpoch(static_cast<qint64>(value), Qt::UTC);
}

ClaimRow rowOf(const QString &name, const QJsonValue &value)
{
    ClaimRow row{.name = name, .values = valuesOf(value), .meaning = meaningOf(name)};
    if (isTime(name) && value.isDouble())
        row.time = momentOf(value.toDouble());
    return row;
}

QString shown(QStringList values)
{
    for (QString &value : values)
        value = withVisibleControls(value);
    return values.join(u'\n');
}

/// How a claim stands in two tokens.
enum class Difference { None, Changed, OnlyFirst, OnlySecond };

Difference differenceOf(const ClaimRow &row)
{
    if (row.values.isEmpty())
        return Difference::OnlySecond;
    if (row.other && row.other->isEmpty())
        return Difference::OnlyFirst;
    return row.other && *row.other != row.values ? Difference::Changed : Difference::None;
}

QString differenceText(const ClaimRow &row)
{
    switch (differenceOf(row)) {
    case Difference::None:
        return ClaimTable::tr("Same");
    case Difference::Changed:
        return ClaimTable::tr("Changed");
    case Difference::OnlyFirst:
        return ClaimTable::tr("Only in A");
    case Difference::OnlySecond:
        break;
    }
    return ClaimTable::tr("Only in B");
}

/// "14:37:07, in 14 min"
QString timeText(const QDateTime &time, const QDateTime &now)
{
    const QDateTime local = time.toLocalTime();
    const bool sameDay = local.date() == now.toLocalTime().date();
    const QString clock = sameDay ? QLocale().toString(local.time(), u"HH:mm:ss"_s)
                                  : QLocale().toString(local, QLocale::ShortFormat);
    const std::chrono::seconds distance(now.secsTo(time));
    if (distance.count() == 0)
        return ClaimTable::tr("%1, just now").arg(clock);
    return distance.count() > 0 ? ClaimTable::tr("%1, in %2").arg(clock, roughDurationText(distance))
                                : ClaimTable::tr("%1, %2 ago").arg(clock, roughDurationText(-distance));
}

} // namespace

/// The claims as a table.
class ClaimModel final : public QAbstractTableModel
{
public:
    enum Place { Name, Value, Other, Meaning, PlaceCount };

    using QAbstractTableModel::QAbstractTableModel;

    void setRows(std::vector<ClaimRow> rows, const QDateTime &now)
    {
        beginResetModel();
        m_rows = std::move(rows);
        m_now = now;
        endResetModel();
    }
    bool isComparing() const
    {
        return std::any_of(m_rows.begin(), m_rows.end(),
                           [](const ClaimRow &row) { return row.other.has_value(); });
    }
    const ClaimRow &row(int index) const { return m_rows[static_cast<size_t>(index)]; }
    /// Of the row, as it is shown.
    int lineCount(int index) const
    {
        const auto lines = [&](int column) { return text(row(index), column).count(u'\n') + 1; };
        return static_cast<int>(std::max(lines(Value), lines(Other)));
    }

    int rowCount(const QModelIndex &parent = {}) const override
    {
        return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
    }
    int columnCount(const QModelIndex &parent = {}) const override
    {
        return parent.isValid() ? 0 : PlaceCount;
    }

    QVariant headerData(int section, Qt::Orientation orientation, int role) const override
    {
        if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
            return {};
        switch (section) {
        case Name:
            return ClaimTable::tr("Claim");
        case Value:
            return isComparing() ? ClaimTable::tr("Token A") : ClaimTable::tr("Value");
        case Other:
            return ClaimTable::tr("Token B");
        default:
            return isComparing() ? ClaimTable::tr("Difference") : ClaimTable::tr("Meaning");
        }
    }

    QVariant data(const QModelIndex &index, int role) const override
    {
        if (!index.isValid())
            return {};
        const ClaimRow &claim = row(index.row());
        const bool differs = claim.other && differenceOf(claim) != Difference::None;
        switch (role) {
        case Qt::DisplayRole:
            return text(claim, index.column());
        case Qt::ToolTipRole:
            return index.column() == Name && !claim.meaning.isEmpty() ? claim.meaning
                                                                      : text(claim, index.column());
        case FixedFontRole:
            return index.column() != Meaning;
        case TextToneRole:
            return static_cast<int>(index.column() == Meaning && !differs ? Tone::Muted : Tone::Normal);
        case GlyphRole:
            return index.column() == Meaning && differs ? QVariant(static_cast<int>(Icon::Compare))
                                                        : QVariant();
        case ToneRole:
            return static_cast<int>(Tone::Warn);
        case ElideRole:
            return static_cast<int>(index.column() == Meaning ? Qt::ElideRight : Qt::ElideMiddle);
        case Qt::AccessibleTextRole:
            return text(claim, index.column()).replace(u'\n', u", "_s);
        default:
            return {};
        }
    }

private:
    QString text(const ClaimRow &claim, int column) const
    {
        switch (column) {
        case Name:
            return withVisibleControls(claim.name);
        case Value:
            return valueText(claim.values, claim.time, claim.other.has_value());
        case Other:
            return valueText(claim.other.value_or(QStringList()), claim.otherTime, true);
        default:
            return claim.other ? differenceText(claim) : claim.meaning;
        }
    }
    /// Two values side by side are narrow: then the date has a line of its own.
    QString valueText(const QStringList &values, const std::optional<QDateTime> &time, bool isNarrow) const
    {
        if (!time)
            return shown(values);
        return values.join(u' ') + (isNarrow ? u"\n"_s : u" · "_s) + timeText(*time, m_now);
    }

    std::vector<ClaimRow> m_rows;
    QDateTime m_now;
};

std::vector<ClaimRow> claimRows(const QJsonObject &claims)
{
    std::vector<ClaimRow> rows;
    for (auto claim = claims.begin(); claim != claims.end(); ++claim)
        rows.push_back(rowOf(claim.key(), claim.value()));
    std::stable_sort(rows.begin(), rows.end(),
                     [](const ClaimRow &a, const ClaimRow &b) { return rankOf(a.name) < rankOf(b.name); });
    return rows;
}

std::vector<ClaimRow> comparedClaimRows(const QJsonObject &claims, const QJsonObject &other)
{
    std::vector<ClaimRow> rows = claimRows(claims);
    for (ClaimRow &row : rows) {
        const bool isInBoth = other.contains(row.name);
        const ClaimRow second = isInBoth ? rowOf(row.name, other.value(row.name)) : ClaimRow();
        row.other = second.values;
        row.otherTime = second.time;
    }
    for (auto claim = other.begin(); claim != other.end(); ++claim) {
        if (claims.contains(claim.key()))
            continue;
        ClaimRow row = rowOf(claim.key(), claim.value());
        row.other = std::exchange(row.values, {});
        row.otherTime = std::exchange(row.time, {});
        rows.push_back(std::move(row));
    }
    return rows;
}

ClaimTable::ClaimTable(Clipboard &clipboard, QWidget *parent)
    : QTableView(parent)
    , m_clipboard(clipboard)
{
    setAccessibleName(tr("Claims"));
    m_model = new ClaimModel(this);
    setModel(m_model);
    prepareTable(this, 26);
    setEdgeMargins(this, 0, 0);
    horizontalHeader()->hide();
}

void ClaimTable::setClaims(std::vector<ClaimRow> rows, const QDateTime &now)
{
    m_model->setRows(std::move(rows), now);
    setColumnHidden(ClaimModel::Other, !m_model->isComparing());
    horizontalHeader()->setVisible(m_model->isComparing());
    fitColumns();
    const int line = QFontMetrics(fontFor(TextStyle::Fixed)).lineSpacing();
    for (int row = 0; row < m_model->rowCount(); ++row) {
        setRowHeight(row, verticalHeader()->defaultSectionSize() + (m_model->lineCount(row) - 1) * line);
    }
}

void ClaimTable::copyRow() const
{
    if (!currentIndex().isValid())
        return;
    const ClaimRow &claim = m_model->row(currentIndex().row());
    m_clipboard.copyText(claim.name + u": "_s + claim.values.join(u", "_s));
}

void ClaimTable::copyValue() const
{
    if (currentIndex().isValid())
        m_clipboard.copyText(m_model->row(currentIndex().row()).values.join(u'\n'));
}

void ClaimTable::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Copy))
        copyValue();
    else
        QTableView::keyPressEvent(event);
}

void ClaimTable::contextMenuEvent(QContextMenuEvent *event)
{
    if (!currentIndex().isValid())
        return;
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    connect(menu->addAction(icon(Icon::Copy), tr("Copy value")), &QAction::triggered, this,
            &ClaimTable::copyValue);
    connect(menu->addAction(tr("Copy row")), &QAction::triggered, this, &ClaimTable::copyRow);
    menu->popup(event->globalPos());
}

void ClaimTable::resizeEvent(QResizeEvent *event)
{
    QTableView::resizeEvent(event);
    fitColumns();
}

// Names and meanings as wide as they are, the values have the rest. Of two values neither may be squeezed
// out, so a long name gives way.
void ClaimTable::fitColumns()
{
    QHeaderView *head = horizontalHeader();
    const bool isComparing = m_model->isComparing();
    head->setSectionResizeMode(ClaimModel::Name,
                               isComparing ? QHeaderView::Fixed : QHeaderView::ResizeToContents);
    head->setSectionResizeMode(ClaimModel::Value, QHeaderView::Stretch);
    head->setSectionResizeMode(ClaimModel::Other, QHeaderView::Stretch);
    head->setSectionResizeMode(ClaimModel::Meaning, QHeaderView::ResizeToContents);
    head->setMaximumSectionSize(std::max(160, width() * 2 / 3));
    if (isComparing)
        head->resizeSection(ClaimModel::Name, std::min(sizeHintForColumn(ClaimModel::Name), width() / 5));
}

} // namespace latchkey

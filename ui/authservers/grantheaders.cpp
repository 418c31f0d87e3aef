// SPDX-License-Identifier: GPL-3.0-or-later
#include "authservers/grantheaders.h"

#include "authservers/grantcelldelegate.h"
#include "models/grantgridmodel.h"
#include "style/icons.h"
#include "style/theme.h"
#include "style/typography.h"

#include <QAbstractButton>
#include <QPainter>
#include <QTableView>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

constexpr int kWidestColumn = 120;
constexpr int kFirstRowHeaderWidth = 230;
constexpr int kHeadHeight = 64;

int currentOf(const QHeaderView *header)
{
    const auto *view = qobject_cast<const QTableView *>(header->parentWidget());
    if (!view || !view->currentIndex().isValid())
        return -1;
    return header->orientation() == Qt::Vertical ? view->currentIndex().row() : view->currentIndex().column();
}

/// "void:invoices" in two lines, split after the first colon.
std::pair<QString, QString> splitScope(const QString &value)
{
    const qsizetype colon = value.indexOf(u':');
    if (colon <= 0 || colon + 1 == value.size())
        return {{}, value};
    return {value.left(colon + 1), value.mid(colon + 1)};
}

QString appsText(int loaded, int wanted)
{
    if (loaded == wanted)
        return GrantColumnHeader::tr("%n app(s)", nullptr, loaded);
    return GrantColumnHeader::tr("%1 → %n app(s)", nullptr, wanted).arg(loaded);
}

/// Scopes that come and scopes that go, where they are as many.
QString changesText(int added, int removed)
{
    return GrantRowHeader::tr("+%1 \u2212%2").arg(added).arg(removed);
}

struct CountText
{
    QString text{};
    std::optional<Icon> icon{};
    QColor color{};
};

CountText countText(const QHeaderView *header, int row, const Theme &theme)
{
    const auto value = [&](int role) { return header->model()->headerData(row, Qt::Vertical, role); };
    const int all = static_cast<int>(qobject_cast<const GrantGridModel *>(header->model())->scopes().size());
    const int loaded = value(GrantGridModel::LoadedCountRole).toInt();
    const int wanted = value(GrantGridModel::WantedCountRole).toInt();
    if (value(GrantGridModel::RemovedRole).toBool())
        return {GrantRowHeader::tr("Remove"), Icon::Minus, theme.danger};
    if (value(GrantGridModel::AddedRole).toBool())
        return {GrantRowHeader::tr("New, %1 of %2").arg(wanted).arg(all), Icon::Plus, theme.ok};
    if (value(GrantGridModel::PendingRole).toBool() && loaded == wanted)
        return {changesText(value(GrantGridModel::AddCountRole).toInt(),
                            value(GrantGridModel::RemoveCountRole).toInt()),
                {},
                theme.text};
    if (value(GrantGridModel::PendingRole).toBool())
        return {GrantRowHeader::tr("%1 → %2").arg(loaded).arg(wanted), {}, theme.text};
    if (loaded == 0 && all > 0)
        return {GrantRowHeader::tr("None"), Icon::Warning, theme.warn};
    return {GrantRowHeader::tr("%1 of %2").arg(loaded).arg(all), {}, theme.muted};
}

/// A title of the corner: sorts by what it names, pressed again the other way round.
class SortButton final : public QAbstractButton
{
public:
    SortButton(GrantGridModel &model, GrantGridModel::Sort by, const QString &title, QWidget *parent)
        : QAbstractButton(parent)
        , m_model(model)
        , m_by(by)
    {
        setText(title);
        setFocusPolicy(Qt::TabFocus);
        setToolTip(by == GrantGridModel::Sort::Name ? GrantCorner::tr("Sort by name")
                                                    : GrantCorner::tr("Sort by scopes"));
        setAccessibleName(toolTip());
        connect(this, &QAbstractButton::clicked, this, [this] {
            // Many scopes first, for who has most is what is looked for.
            const bool isNew = m_model.sortedBy() != m_by;
            m_model.sortBy(m_by, isNew ? m_by == GrantGridModel::Sort::Scopes : !m_model.isDescending());
            parentWidget()->update();
        });
    }

    QSize sizeHint() const override
    {
        const QFontMetrics metrics(fontFor(TextStyle::Caption, font()));
        return {16 + metrics.horizontalAdvance(text()) + 18 + 8, std::max(26, metrics.height() + 8)};
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        const Theme &theme = themeFor(palette());
        const bool isSorted = m_model.sortedBy() == m_by;
        QPainter painter(this);
        QFont font = fontFor(TextStyle::Caption, this->font());
        font.setWeight(isSorted ? QFont::Medium : QFont::Normal);
        painter.setFont(font);
        painter.setPen(isSorted || underMouse() ? theme.text : theme.muted);
        const int wide = QFontMetrics(font).horizontalAdvance(text());
        const bool isFirst = m_by == GrantGridModel::Sort::Name;
        const int left = isFirst ? 16 : width() - 12 - wide;
        const auto mirror = [this](const QRect &part) {
            return QStyle::visualRect(layoutDirection(), rect(), part);
        };
        painter.drawText(mirror(QRect(left, 0, wide + 2, height())), Qt::AlignCenter, text());
        if (isSorted) {
            const QRect glyph(isFirst ? left + wide + 4 : left - 18, (height() - 14) / 2, 14, 14);
            paintArrow(painter, mirror(glyph), theme.text);
        }
        if (hasFocus()) {
            painter.setPen(QPen(theme.accent, 2));
            painter.drawRect(rect().adjusted(1, 1, -1, -1));
        }
    }

private:
    // Down for the natural order: A to Z, many to few.
    void paintArrow(QPainter &painter, const QRect &rect, const QColor &color) const
    {
        const bool isDown = m_model.isDescending() == (m_by == GrantGridModel::Sort::Scopes);
        painter.save();
        painter.translate(rect.center() + QPointF(0.5, 0.5));
        if (!isDown)
            painter.rotate(180);
        paintIcon(&painter, QRect(-7, -7, 14, 14), Icon::ChevronDown, 14, color);
        painter.restore();
    }

    GrantGridModel &m_model;
    GrantGridModel::Sort m_by;
};

} // namespace

GrantRowHeader::GrantRowHeader(QWidget *parent)
    : QHeaderView(Qt::Vertical, parent)
{
    setObjectName(u"grantRows"_s);
    setAccessibleName(tr("Client apps"));
    setSectionResizeMode(QHeaderView::Fixed);
    setSectionsClickable(true);
    setContextMenuPolicy(Qt::CustomContextMenu);
    setHighlightSections(false);
}

QSize GrantRowHeader::sizeHint() const
{
    const int available = parentWidget() ? parentWidget()->width() : kFirstRowHeaderWidth * 4;
    return {std::clamp(available * 26 / 100, 170, kFirstRowHeaderWidth), 0};
}

void GrantRowHeader::paintSection(QPainter *painter, const QRect &rect, int row) const
{
    const Theme &theme = themeFor(palette());
    painter->save();
    painter->fillRect(rect, currentOf(this) == row ? theme.sunken : theme.base);
    painter->fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), theme.line);
    painter->fillRect(QRect(rect.right(), rect.top(), 1, rect.height()), theme.lineMid);
    const bool pending = model()->headerData(row, Qt::Vertical, GrantGridModel::PendingRole).toBool();
    const bool mirrored = isRightToLeft();
    const auto mirror = [&](const QRect &part) {
        return QStyle::visualRect(mirrored ? Qt::RightToLeft : Qt::LeftToRight, rect, part);
    };
    if (pending)
        painter->fillRect(mirror(QRect(rect.left(), rect.top(), 3, rect.height())), theme.accent);

    const CountText count = countText(this, row, theme);
    QFont countFont = fontFor(TextStyle::Caption, font());
    countFont.setWeight(pending ? QFont::Medium : QFont::Normal);
    const int countWidth = QFontMetrics(countFont).horizontalAdvance(count.text) + 1;
    QRect countRect(rect.right() - 12 - countWidth, rect.top(), countWidth, rect.height());
    painter->setFont(countFont);
    painter->setPen(count.color);
    painter->drawText(mirror(countRect), Qt::AlignVCenter | Qt::AlignLeft, count.text);
    if (count.icon) {
        QRect glyph(countRect.left() - 18, rect.center().y() - 6, 14, 14);
        paintIcon(painter, mirror(glyph), *count.icon, 14, count.color);
        countRect.setLeft(glyph.left());
    }

    QFont nameFont = font();
    nameFont.setWeight(pending ? QFont::Medium : QFont::Normal);
    nameFont.setStrikeOut(model()->headerData(row, Qt::Vertical, GrantGridModel::RemovedRole).toBool());
    QRect nameRect(rect.left() + 16, rect.top(), countRect.left() - 8 - rect.left() - 16, rect.height());
    painter->setFont(nameFont);
    painter->setPen(theme.text);
    const QString name = model()->headerData(row, Qt::Vertical).toString();
    painter->drawText(
        mirror(nameRect),
        static_cast<int>(mirrored ? Qt::AlignVCenter | Qt::AlignRight : Qt::AlignVCenter | Qt::AlignLeft),
        QFontMetrics(nameFont).elidedText(name, Qt::ElideRight, nameRect.width()));
    painter->restore();
}

GrantColumnHeader::GrantColumnHeader(QWidget *parent)
    : QHeaderView(Qt::Horizontal, parent)
{
    setObjectName(u"grantColumns"_s);
    setAccessibleName(tr("Scopes"));
    setSectionResizeMode(QHeaderView::Fixed);
    setSectionsClickable(true);
    setContextMenuPolicy(Qt::CustomContextMenu);
    setHighlightSections(false);
    setAttribute(Qt::WA_Hover);
    setMouseTracking(true);
}

QSize GrantColumnHeader::sizeHint() const
{
    const QFontMetrics fixed(fontFor(TextStyle::Fixed, font()));
    const QFontMetrics caption(fontFor(TextStyle::Caption, font()));
    return {0, std::max(kHeadHeight, 2 * fixed.height() + caption.height() + 12)};
}

int GrantColumnHeader::neededSectionWidth(int column) const
{
    const QFontMetrics fixed(fontFor(TextStyle::Fixed, font()));
    const QFontMetrics caption(fontFor(TextStyle::Caption, font()));
    const auto [verb, noun] = splitScope(model()->headerData(column, Qt::Horizontal).toString());
    // As wide as a staged change needs, so that no column moves when one is made.
    const int loaded = model()->headerData(column, Qt::Horizontal, GrantGridModel::LoadedCountRole).toInt();
    const QString apps = appsText(loaded, loaded + 1);
    const int width = std::max({GrantCellDelegate::kMinimumWidth, fixed.horizontalAdvance(verb) + 10,
                                fixed.horizontalAdvance(noun) + 10, caption.horizontalAdvance(apps) + 10});
    return std::min(width, kWidestColumn);
}

void GrantColumnHeader::paintSection(QPainter *painter, const QRect &rect, int column) const
{
    const Theme &theme = themeFor(palette());
    const auto value = [&](int role) { return model()->headerData(column, Qt::Horizontal, role); };
    const bool hovered = underMouse() && rect.contains(mapFromGlobal(QCursor::pos()));
    painter->save();
    painter->fillRect(rect, currentOf(this) == column || hovered ? theme.hover : theme.sunken);
    painter->fillRect(QRect(rect.left(), rect.top(), rect.width(), 1), theme.line);
    painter->fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), theme.lineMid);
    painter->fillRect(QRect(rect.right(), rect.top(), 1, rect.height()), theme.line);

    const auto [verb, noun] = splitScope(value(Qt::DisplayRole).toString());
    const int loaded = value(GrantGridModel::LoadedCountRole).toInt();
    const int wanted = value(GrantGridModel::WantedCountRole).toInt();
    const QFont verbFont = fontFor(TextStyle::FixedSmall, font());
    QFont nounFont = fontFor(TextStyle::Fixed, font());
    nounFont.setWeight(QFont::Medium);
    const QFont countFont = fontFor(TextStyle::Caption, font());
    const QRect text = rect.adjusted(4, 0, -5, 0);
    const int verbHeight = QFontMetrics(verbFont).height();
    const int nounHeight = QFontMetrics(nounFont).height();
    const int countHeight = QFontMetrics(countFont).height();
    int y = rect.bottom() - 6 - countHeight;
    const auto line = [&](const QFont &lineFont, const QColor &color, int top, int height,
                          const QString &words) {
        painter->setFont(lineFont);
        painter->setPen(color);
        painter->drawText(QRect(text.left(), top, text.width(), height), Qt::AlignCenter,
                          QFontMetrics(lineFont).elidedText(words, Qt::ElideRight, text.width()));
    };
    line(countFont, loaded == wanted ? theme.muted : theme.text, y, countHeight, appsText(loaded, wanted));
    y -= nounHeight;
    line(nounFont, theme.text, y, nounHeight, noun);
    line(verbFont, theme.muted, y - verbHeight + 2, verbHeight, verb);
    painter->restore();
}

GrantCorner::GrantCorner(GrantGridModel &model, QWidget *parent)
    : QWidget(parent)
    , m_name(new SortButton(model, GrantGridModel::Sort::Name, tr("Client app"), this))
    , m_scopes(new SortButton(model, GrantGridModel::Sort::Scopes, tr("Scopes"), this))
{
    m_name->setObjectName(u"sortGrantsByName"_s);
    m_scopes->setObjectName(u"sortGrantsByScopes"_s);
}

void GrantCorner::resizeEvent(QResizeEvent *)
{
    const int high = std::min(height(), m_name->sizeHint().height());
    const int top = height() - high - 1;
    const int wide = m_scopes->sizeHint().width();
    const auto place = [this](const QRect &part) {
        return QStyle::visualRect(layoutDirection(), rect(), part);
    };
    m_scopes->setGeometry(place(QRect(width() - 1 - wide, top, wide, high)));
    m_name->setGeometry(place(QRect(0, top, std::min(m_name->sizeHint().width(), width() - 1 - wide), high)));
}

void GrantCorner::paintEvent(QPaintEvent *)
{
    const Theme &theme = themeFor(palette());
    QPainter painter(this);
    painter.fillRect(rect(), theme.sunken);
    painter.fillRect(QRect(0, 0, width(), 1), theme.line);
    painter.fillRect(QRect(0, height() - 1, width(), 1), theme.lineMid);
    painter.fillRect(QRect(isRightToLeft() ? 0 : width() - 1, 0, 1, height()), theme.lineMid);
}

} // namespace latchkey

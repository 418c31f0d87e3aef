// SPDX-License-Identifier: GPL-3.0-or-later
#include "authservers/grantheaders.h"

#include "authservers/grantcelldelegate.h"
#include "models/grantgridmodel.h"
#include "style/icons.h"
#include "style/theme.h"
#include "style/typography.h"

#include <QPainter>
#include <QTableView>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

constexpr int kWidestColumn = 168;
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
        return {GrantRowHeader::tr("Remove app"), Icon::Minus, theme.danger};
    if (value(GrantGridModel::AddedRole).toBool())
        return {GrantRowHeader::tr("New, %1 of %2").arg(wanted).arg(all), Icon::Plus, theme.ok};
    if (value(GrantGridModel::PendingRole).toBool())
        return {GrantRowHeader::tr("%1 → %2").arg(loaded).arg(wanted), {}, theme.text};
    if (loaded == 0 && all > 0)
        return {GrantRowHeader::tr("None"), Icon::Warning, theme.warn};
    return {GrantRowHeader::tr("%1 of %2").arg(loaded).arg(all), {}, theme.muted};
}

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

int GrantColumnHeader::neededSectionWidth() const
{
    const QFontMetrics fixed(fontFor(TextStyle::Fixed, font()));
    const QFontMetrics caption(fontFor(TextStyle::Caption, font()));
    int width = GrantCellDelegate::kMinimumWidth;
    for (int column = 0; model() && column < model()->columnCount(); ++column) {
        const auto [verb, noun] = splitScope(model()->headerData(column, Qt::Horizontal).toString());
        const QString apps =
            appsText(model()->headerData(column, Qt::Horizontal, GrantGridModel::LoadedCountRole).toInt(),
                     model()->headerData(column, Qt::Horizontal, GrantGridModel::WantedCountRole).toInt());
        width = std::max({width, fixed.horizontalAdvance(verb) + 10, fixed.horizontalAdvance(noun) + 10,
                          caption.horizontalAdvance(apps) + 10});
    }
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

void GrantCorner::paintEvent(QPaintEvent *)
{
    const Theme &theme = themeFor(palette());
    QPainter painter(this);
    painter.fillRect(rect(), theme.sunken);
    painter.fillRect(QRect(0, 0, width(), 1), theme.line);
    painter.fillRect(QRect(0, height() - 1, width(), 1), theme.lineMid);
    painter.fillRect(QRect(isRightToLeft() ? 0 : width() - 1, 0, 1, height()), theme.lineMid);
    QFont font = fontFor(TextStyle::Caption, this->font());
    const QRect line = rect().adjusted(16, 0, -13, -8);
    painter.setFont(font);
    painter.setPen(theme.muted);
    painter.drawText(line,
                     static_cast<int>(isRightToLeft() ? Qt::AlignBottom | Qt::AlignLeft
                                                      : Qt::AlignBottom | Qt::AlignRight),
                     tr("Scopes"));
    font.setWeight(QFont::Medium);
    painter.setFont(font);
    painter.setPen(theme.text);
    painter.drawText(line,
                     static_cast<int>(isRightToLeft() ? Qt::AlignBottom | Qt::AlignRight
                                                      : Qt::AlignBottom | Qt::AlignLeft),
                     tr("Client app"));
}

} // namespace latchkey

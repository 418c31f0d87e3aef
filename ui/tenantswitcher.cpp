// SPDX-License-Identifier: GPL-3.0-or-later
#include "tenantswitcher.h"

#include "style/buttonrole.h"
#include "style/metrics.h"
#include "style/paint.h"
#include "style/typography.h"
#include "widgets/collapsingrow.h"
#include "widgets/environment.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QListView>
#include <QPushButton>
#include <QVBoxLayout>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

constexpr int kPopupWidth = 380;
constexpr int kFilterFrom = 8;
constexpr int kMaximumNameWidth = 260;

Icon iconOf(TenantType type)
{
    return type == TenantType::Sandbox ? Icon::Sandbox : Icon::Tenant;
}

} // namespace

void TenantListModel::setTenants(std::vector<Tenant> tenants)
{
    m_all = std::move(tenants);
    arrange();
}

void TenantListModel::setFilter(const QString &text)
{
    m_text = text.trimmed();
    arrange();
}

void TenantListModel::arrange()
{
    beginResetModel();
    m_shown.clear();
    std::copy_if(m_all.begin(), m_all.end(), std::back_inserter(m_shown), [this](const Tenant &tenant) {
        return tenant.name.contains(m_text, Qt::CaseInsensitive) ||
               tenant.host().contains(m_text, Qt::CaseInsensitive);
    });
    endResetModel();
}

int TenantListModel::rowOf(TenantId id) const
{
    const auto found =
        std::find_if(m_shown.begin(), m_shown.end(), [id](const Tenant &tenant) { return tenant.id == id; });
    return found == m_shown.end() ? -1 : static_cast<int>(found - m_shown.begin());
}

int TenantListModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_shown.size());
}

QVariant TenantListModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Tenant &tenant = at(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return tenant.name;
    case Qt::ToolTipRole:
        return tenant.host();
    case Qt::AccessibleTextRole:
        return tr("%1, %2, %3").arg(tenant.name, tenant.host(), tenantTypeName(tenant.type));
    default:
        return {};
    }
}

void TenantDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                           const QModelIndex &index) const
{
    const Tenant &tenant = static_cast<const TenantListModel *>(index.model())->at(index.row());
    const Theme &theme = themeFor(option.palette);
    const auto mirrored = [&option](const QRect &part) {
        return QStyle::visualRect(option.direction, option.rect, part);
    };
    paintRowBackground(painter, option, true);
    const QRect all = option.rect;
    paintIcon(painter, mirrored({all.x() + 12, all.y(), metrics::iconNavigation, all.height()}),
              iconOf(tenant.type), metrics::iconTool, environmentColor(theme, tenant.type));
    const int tag = environmentTagWidth(tenant.type);
    const int room = all.width() - 42 - tag - 24;
    const int middle = all.y() + all.height() / 2;
    painter->setFont(fontFor(m_current == tenant.id ? TextStyle::BodyStrong : TextStyle::Body));
    painter->setPen(theme.text);
    painter->drawText(mirrored({all.x() + 42, middle - 17, room, 18}), Qt::AlignVCenter | Qt::AlignLeading,
                      painter->fontMetrics().elidedText(tenant.name, Qt::ElideRight, room));
    painter->setFont(fontFor(TextStyle::Caption));
    painter->setPen(theme.muted);
    painter->drawText(mirrored({all.x() + 42, middle, room, 16}), Qt::AlignVCenter | Qt::AlignLeading,
                      painter->fontMetrics().elidedText(tenant.host(), Qt::ElideMiddle, room));
    paintEnvironmentTag(painter, mirrored({all.right() - 11 - tag, middle - 9, tag, 18}), tenant.type,
                        option.palette);
}

QSize TenantDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const
{
    // As wide as the view: what is wider scrolls sideways.
    return {0, metrics::heightFor(metrics::twoLineRow, option.fontMetrics)};
}

TenantSwitcher::TenantSwitcher(QWidget *parent)
    : QAbstractButton(parent)
{
    setObjectName(u"tenantSwitcher"_s);
    setAttribute(Qt::WA_Hover);
    setFocusPolicy(Qt::StrongFocus);
    setCurrent(std::nullopt);
    connect(this, &QAbstractButton::clicked, this, &TenantSwitcher::openPopup);
}

void TenantSwitcher::setSandboxRunning(bool running)
{
    m_isSandboxRunning = running;
    if (!m_sandbox)
        return;
    m_sandbox->setEnabled(!running);
    m_sandbox->setToolTip(running ? tr("The sandbox is running; it is in the list.") : QString());
}

void TenantSwitcher::makePopup()
{
    auto *popup = m_popup = new QFrame(this, Qt::Popup);
    popup->setObjectName(u"tenantPopup"_s);
    popup->setFrameShape(QFrame::StyledPanel); // in the colour of lines
    popup->setBackgroundRole(QPalette::Base);
    popup->setAutoFillBackground(true);
    m_filter = new QLineEdit(popup);
    m_filter->setObjectName(u"tenantFilter"_s);
    m_filter->setPlaceholderText(tr("Filter by name or host"));
    m_filter->setAccessibleName(tr("Filter tenants"));
    m_list = new QListView(popup);
    m_list->setObjectName(u"tenantList"_s);
    m_list->setAccessibleName(tr("Tenants"));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setModel(&m_model);
    m_list->setItemDelegate(&m_delegate);
    m_list->setMouseTracking(true);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto *add = makeButton(Icon::Plus, tr("Add tenant…"), ButtonRole::Plain, popup);
    add->setObjectName(u"tenantPopup.add"_s);
    m_sandbox = makeButton(Icon::Sandbox, tr("Start the sandbox"), ButtonRole::Plain, popup);
    m_sandbox->setObjectName(u"tenantPopup.sandbox"_s);
    setSandboxRunning(m_isSandboxRunning);

    auto *column = new QVBoxLayout(popup);
    column->setContentsMargins(1, 1, 1, 1);
    column->setSpacing(0);
    auto *filterRow = new CollapsingRow;
    filterRow->setContentsMargins(8, 8, 8, 8);
    filterRow->addWidget(m_filter);
    column->addLayout(filterRow);
    column->addWidget(m_list);
    auto *foot = new QHBoxLayout;
    foot->setContentsMargins(12, 8, 12, 10);
    foot->setSpacing(8);
    foot->addWidget(add);
    foot->addWidget(m_sandbox);
    foot->addStretch();
    column->addLayout(foot);

    connect(m_filter, &QLineEdit::textChanged, &m_model, &TenantListModel::setFilter);
    connect(m_list, &QListView::clicked, this, &TenantSwitcher::choose);
    connect(m_list, &QListView::activated, this, &TenantSwitcher::choose);
    connect(add, &QPushButton::clicked, this, [this] {
        m_popup->hide();
        emit addTenantAsked();
    });
    connect(m_sandbox, &QPushButton::clicked, this, [this] {
        m_popup->hide();
        emit sandboxAsked();
    });
}

void TenantSwitcher::choose(const QModelIndex &index)
{
    // A click is an activation too on some platforms: the second finds the popup closed.
    if (!m_popup->isVisible())
        return;
    const Tenant tenant = m_model.at(index.row());
    m_popup->hide();
    emit tenantChosen(tenant);
}

void TenantSwitcher::setTenants(std::vector<Tenant> tenants)
{
    m_model.setTenants(std::move(tenants));
}

void TenantSwitcher::setCurrent(const std::optional<Tenant> &tenant)
{
    m_current = tenant;
    m_delegate.setCurrent(tenant ? std::optional(tenant->id) : std::nullopt);
    setAccessibleName(
        tenant ? tr("Tenant %1, %2, %3").arg(tenant->name, tenantTypeName(tenant->type), tenant->host())
               : tr("No tenant open, choose one to begin"));
    updateGeometry();
    update();
}

void TenantSwitcher::openPopup()
{
    if (!m_popup)
        makePopup();
    m_filter->clear();
    m_filter->setVisible(m_model.rowCount() >= kFilterFrom);
    m_list->setVisible(m_model.rowCount() > 0);
    int rows = 0;
    for (int row = 0; row < std::min(m_model.rowCount(), 10); ++row)
        rows += m_list->sizeHintForRow(row);
    m_list->setFixedHeight(rows);
    m_popup->setFixedWidth(kPopupWidth);
    m_popup->adjustSize();
    m_popup->move(mapToGlobal(QPoint(0, height() + 4)));
    m_popup->show();
    const int current = m_current ? m_model.rowOf(m_current->id) : -1;
    m_list->setCurrentIndex(m_model.index(std::max(current, 0)));
    m_list->setFocus(Qt::PopupFocusReason);
}

QSize TenantSwitcher::sizeHint() const
{
    const QString name = m_current ? m_current->name : tr("No tenant open");
    const QString host = m_current ? m_current->host() : tr("Choose one to begin");
    const int nameWidth =
        std::min(QFontMetrics(fontFor(TextStyle::BodyStrong)).horizontalAdvance(name), kMaximumNameWidth);
    const int hostWidth =
        std::min(QFontMetrics(fontFor(TextStyle::Caption)).horizontalAdvance(host), kMaximumNameWidth);
    const int first = nameWidth + (m_current ? 8 + environmentTagWidth(m_current->type) : 0);
    return {36 + std::max(first, hostWidth) + 32, metrics::topBar - 6};
}

void TenantSwitcher::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Theme &theme = themeFor(palette());
    const auto mirrored = [this](const QRect &part) {
        return QStyle::visualRect(layoutDirection(), rect(), part);
    };
    if (underMouse())
        paintRounded(&painter, rect(), metrics::controlRadius, theme.hover);
    const int middle = height() / 2;
    const QColor glyph = m_current ? environmentColor(theme, m_current->type) : theme.muted;
    paintIcon(&painter, mirrored({6, 0, 20, height()}), m_current ? iconOf(m_current->type) : Icon::Tenant,
              metrics::iconNavigation, glyph);

    const QString name = m_current ? m_current->name : tr("No tenant open");
    const QString host = m_current ? m_current->host() : tr("Choose one to begin");
    painter.setFont(fontFor(TextStyle::BodyStrong));
    painter.setPen(theme.text);
    const int nameWidth = std::min(painter.fontMetrics().horizontalAdvance(name) + 1, kMaximumNameWidth);
    painter.drawText(mirrored({36, middle - 18, nameWidth + 1, 18}), Qt::AlignVCenter | Qt::AlignLeading,
                     painter.fontMetrics().elidedText(name, Qt::ElideRight, nameWidth));
    if (m_current)
        paintEnvironmentTag(
            &painter, mirrored({36 + nameWidth + 8, middle - 18, environmentTagWidth(m_current->type), 18}),
            m_current->type, palette());
    painter.setFont(fontFor(TextStyle::Caption));
    painter.setPen(theme.muted);
    const int hostWidth = std::min(painter.fontMetrics().horizontalAdvance(host) + 1, kMaximumNameWidth);
    painter.drawText(mirrored({36, middle + 1, hostWidth + 1, 16}), Qt::AlignVCenter | Qt::AlignLeading,
                     painter.fontMetrics().elidedText(host, Qt::ElideMiddle, hostWidth));
    paintIcon(&painter, mirrored({width() - 24, 0, 16, height()}), Icon::ChevronDown, 16, theme.muted);
}

} // namespace latchkey

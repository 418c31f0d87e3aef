// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tenant.h"

#include <QAbstractButton>
#include <QAbstractListModel>
#include <QFrame>
#include <QStyledItemDelegate>

#include <optional>
#include <vector>

class QLineEdit;
class QListView;
class QPushButton;

namespace latchkey {

/// The tenants whose name or host contains the filter.
class TenantListModel : public QAbstractListModel
{
    Q_OBJECT

public:
    using QAbstractListModel::QAbstractListModel;

    void setTenants(std::vector<Tenant> tenants);
    void setFilter(const QString &text);
    const Tenant &at(int row) const { return m_shown.at(static_cast<size_t>(row)); }
    int rowOf(TenantId id) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;

private:
    void arrange();

    std::vector<Tenant> m_all;
    std::vector<Tenant> m_shown;
    QString m_text;
};

/// A row of the popup: icon in the environment's colour, name, host, tag.
class TenantDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void setCurrent(std::optional<TenantId> id) { m_current = id; }
    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    std::optional<TenantId> m_current;
};

/// Which tenant is open, and the way to another: a button at the leading end of the top bar.
class TenantSwitcher : public QAbstractButton
{
    Q_OBJECT

public:
    explicit TenantSwitcher(QWidget *parent = nullptr);

    void setTenants(std::vector<Tenant> tenants);
    void setCurrent(const std::optional<Tenant> &tenant);
    /// One is enough.
    void setSandboxRunning(bool running);
    void openPopup();
    QSize sizeHint() const override;

signals:
    void tenantChosen(const latchkey::Tenant &tenant);
    void addTenantAsked();
    void sandboxAsked();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void makePopup();
    void choose(const QModelIndex &index);

    TenantListModel m_model;
    TenantDelegate m_delegate;
    std::optional<Tenant> m_current;
    bool m_isSandboxRunning = false;
    QPushButton *m_sandbox = nullptr;
    QFrame *m_popup = nullptr; ///< made when it is first opened
    QLineEdit *m_filter = nullptr;
    QListView *m_list = nullptr;
};

} // namespace latchkey

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHeaderView>

class QAbstractButton;

namespace latchkey {

class GrantGridModel;

/// The client apps of the grants grid: name, and how many scopes each has.
class GrantRowHeader : public QHeaderView
{
    Q_OBJECT

public:
    explicit GrantRowHeader(QWidget *parent = nullptr);

    QSize sizeHint() const override;

protected:
    void paintSection(QPainter *painter, const QRect &rect, int row) const override;
};

/// The scopes of the grants grid: verb, noun, and how many apps have each.
class GrantColumnHeader : public QHeaderView
{
    Q_OBJECT

public:
    explicit GrantColumnHeader(QWidget *parent = nullptr);

    QSize sizeHint() const override;
    /// So that the head is not cut off, within reason.
    int neededSectionWidth(int column) const;

protected:
    void paintSection(QPainter *painter, const QRect &rect, int column) const override;
};

/// The corner where both headers meet: their titles, which sort.
class GrantCorner : public QWidget
{
    Q_OBJECT

public:
    explicit GrantCorner(GrantGridModel &model, QWidget *parent = nullptr);

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    QAbstractButton *m_name = nullptr;
    QAbstractButton *m_scopes = nullptr;
};

} // namespace latchkey

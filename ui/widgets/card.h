// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "style/icons.h"

#include <QFrame>

class QGridLayout;
class QHBoxLayout;
class QVBoxLayout;

namespace latchkey {

class Label;

/// A rounded frame with an optional head, a body and an optional sunken foot.
class Card : public QFrame
{
    Q_OBJECT

public:
    explicit Card(QWidget *parent = nullptr);

    /// Icon and heading; returns the row so that a badge can stand at its right.
    QHBoxLayout *setHead(Icon icon, const QString &title);
    /// A head on sunken ground with a line below it, as in the review.
    void setSunkenHead(bool sunken);
    QVBoxLayout *body() const { return m_body; }
    /// Made when it is first asked for.
    QHBoxLayout *foot();
    /// A 2 px accent border.
    void setSelected(bool selected);
    bool isSelected() const { return m_selected; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QVBoxLayout *m_column = nullptr;
    QVBoxLayout *m_body = nullptr;
    QWidget *m_headWidget = nullptr;
    QWidget *m_footWidget = nullptr;
    QHBoxLayout *m_head = nullptr;
    QHBoxLayout *m_foot = nullptr;
    Label *m_title = nullptr;
    bool m_sunkenHead = false;
    bool m_selected = false;
};

/// Muted labels at the left, values at the right. The label column is as wide as its widest label.
class FactList final : public QWidget
{
    Q_OBJECT

public:
    explicit FactList(QWidget *parent = nullptr);

    /// A value of plain text.
    Label *addFact(const QString &label, const QString &value);
    void addFact(const QString &label, QWidget *value);
    void clear();

private:
    QGridLayout *m_grid = nullptr;
};

} // namespace latchkey

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QPushButton;
class QToolButton;

namespace latchkey {

class GrantGridModel;
class Label;

/// What is staged, in numbers, and the way to its review. Only there while something is pending.
class PendingBar final : public QWidget
{
    Q_OBJECT

public:
    explicit PendingBar(QWidget *parent = nullptr);

    void follow(const GrantGridModel &model);

signals:
    void undoRequested();
    void redoRequested();
    void discardRequested();
    void reviewRequested();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QWidget *makeCount(Label *&label, bool added);

    Label *m_sentence = nullptr;
    Label *m_added = nullptr;
    Label *m_removed = nullptr;
    QWidget *m_addedRow = nullptr;
    QWidget *m_removedRow = nullptr;
    QToolButton *m_undo = nullptr;
    QToolButton *m_redo = nullptr;
};

} // namespace latchkey

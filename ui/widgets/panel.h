// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "style/icons.h"

#include <QWidget>

class QAbstractButton;
class QHBoxLayout;
class QLayout;
class QStackedLayout;

namespace latchkey {

class EmptyState;
class Label;
class LoadingBar;
class MessageBanner;

/// The frame of every panel: title and actions, tool row, banner, loading bar, content.
class Panel : public QWidget
{
    Q_OBJECT

public:
    explicit Panel(const QString &title, QWidget *parent = nullptr);

    void setTitle(const QString &title);
    QString title() const;
    /// Adds a button at the right of the title; the main one comes last.
    void addAction(QAbstractButton *button);
    using QWidget::addAction;
    /// What the main menu lists first, whatever has the focus and however much is in sight; null is a line.
    void setMenuActions(const QList<QAction *> &actions) { m_menuActions = actions; }
    const QList<QAction *> &menuActions() const { return m_menuActions; }
    /// Filter field, segments, addStretch(), tool buttons. Hidden while it is empty.
    QHBoxLayout *toolRow() const { return m_tools; }
    MessageBanner *banner() const { return m_banner; }
    /// Takes ownership; the panel gives it all the room below the line.
    void setContent(QWidget *content);
    QWidget *content() const { return m_content; }
    /// Shows this instead of the content; null shows the content again. Takes ownership.
    void setEmptyState(EmptyState *state);
    /// A bar under the tool row after 300 ms; the content stays.
    void setLoading(bool loading);
    /// "As of 14:02" beside the title, while old content stays after a failure. Empty hides it.
    void setNote(const QString &note);
    /// Of title, tools and banner; as wide as that of the content below them.
    void setSideMargin(int margin);
    /// What takes the focus when the panel comes to the front first, while it can; else the first that can.
    void setFirstControl(QWidget *control) { m_firstControl = control; }
    /// Gives the focus to what had it last in the panel, else to the first control.
    void takeFocus();

protected:
    void paintEvent(QPaintEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void focusFirst();
    void updateHead();

    Label *m_title = nullptr;
    Label *m_note = nullptr;
    QWidget *m_headHolder = nullptr;
    QWidget *m_toolRow = nullptr;
    QHBoxLayout *m_actions = nullptr;
    QHBoxLayout *m_tools = nullptr;
    QLayout *m_bannerRow = nullptr;
    MessageBanner *m_banner = nullptr;
    LoadingBar *m_loading = nullptr;
    QStackedLayout *m_stack = nullptr;
    QWidget *m_content = nullptr;
    EmptyState *m_empty = nullptr;
    QWidget *m_firstControl = nullptr;
    QList<QAction *> m_menuActions;
    bool m_wasEntered = false; ///< what had the focus before was chosen by nobody
};

} // namespace latchkey

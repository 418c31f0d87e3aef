// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/exchange.h"
#include "paneltools.h"

#include <QTimer>
#include <QWidget>

class QPushButton;
class QToolButton;
class QVBoxLayout;

namespace latchkey {

class CodeBlock;
class FactList;
class Label;
class StateBadge;

/// One exchange: what was asked, what came back, and the same as curl.
class ExchangeDetail final : public QWidget
{
    Q_OBJECT

public:
    explicit ExchangeDetail(const PanelTools &tools, QWidget *parent = nullptr);

    void setExchange(const Exchange &exchange);
    void setBackShown(bool shown);
    void copyCurl();

signals:
    void backAsked();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    CodeBlock *addBlock(QVBoxLayout *column, const QString &title, const QString &what, const QString &name);
    QWidget *makeRequestIdRow();
    QWidget *makeFoot();

    PanelTools m_tools;
    Exchange m_exchange{};
    QToolButton *m_back = nullptr;
    Label *m_title = nullptr;
    StateBadge *m_badge = nullptr;
    Label *m_line = nullptr;
    Label *m_took = nullptr;
    Label *m_requestId = nullptr;
    Label *m_askedBy = nullptr;
    CodeBlock *m_request = nullptr;
    CodeBlock *m_response = nullptr;
    CodeBlock *m_curl = nullptr;
    QToolButton *m_copyId = nullptr;
    QPushButton *m_copyIdButton = nullptr;
    QPushButton *m_copyCurl = nullptr;
    QTimer m_copied; ///< runs while the button says so
};

} // namespace latchkey

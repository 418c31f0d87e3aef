// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/fold.h"

#include "style/buttonrole.h"
#include "style/metrics.h"

#include <QHBoxLayout>
#include <QLocale>
#include <QToolButton>
#include <QVBoxLayout>

namespace latchkey {

using namespace Qt::StringLiterals;

Fold::Fold(const QString &title, const QString &name, QWidget *parent)
    : QWidget(parent)
    , m_title(title)
    , m_head(new QToolButton)
    , m_content(new QWidget)
{
    m_head->setObjectName(name);
    m_head->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_head->setCheckable(true);
    setButtonRole(m_head, ButtonRole::Tool);
    m_head->setProperty("latchkeyFlush", true);
    m_body = new QVBoxLayout(m_content);
    m_body->setContentsMargins({});
    m_body->setSpacing(metrics::space8);
    m_content->hide();
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(metrics::space4);
    m_headRow = new QHBoxLayout;
    m_headRow->setContentsMargins({});
    m_headRow->addWidget(m_head);
    m_headRow->addStretch(1);
    column->addLayout(m_headRow);
    column->addWidget(m_content);
    connect(m_head, &QToolButton::toggled, this, [this](bool open) {
        m_content->setVisible(open);
        updateHead();
        emit toggled(open);
    });
    updateHead();
}

void Fold::setCount(int count)
{
    m_count = count;
    updateHead();
}

void Fold::setHeadMargins(const QMargins &margins)
{
    m_headRow->setContentsMargins(margins);
}

void Fold::setOpen(bool open)
{
    m_head->setChecked(open);
}

bool Fold::isOpen() const
{
    return m_head->isChecked();
}

void Fold::updateHead()
{
    m_head->setIcon(icon(m_head->isChecked() ? Icon::ChevronDown : Icon::ChevronRight));
    if (m_count == kUnknown) {
        m_head->setText(m_title);
        m_head->setAccessibleName(m_title);
        return;
    }
    m_head->setText(m_title + u"  "_s + locale().toString(m_count));
    //: What is folded away, and how many values of it are set
    m_head->setAccessibleName(tr("%1, %n set", nullptr, m_count).arg(m_title));
}

} // namespace latchkey

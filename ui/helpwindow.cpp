// SPDX-License-Identifier: GPL-3.0-or-later
#include "helpwindow.h"

#include "style/buttonrole.h"
#include "style/metrics.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QTextBrowser>

namespace latchkey {

using namespace Qt::StringLiterals;

HelpWindow::HelpWindow(QWidget *parent)
    : QDialog(parent)
    , m_text(new QTextBrowser)
{
    setObjectName(u"helpWindow"_s);
    setWindowTitle(tr("Latchkey help"));
    m_text->setObjectName(u"help.text"_s);
    m_text->setAccessibleName(tr("Help"));
    m_text->setFrameShape(QFrame::NoFrame);
    m_text->setOpenLinks(true);
    m_text->setOpenExternalLinks(false); // there are none; nothing here leads to the network
    m_text->document()->setDocumentMargin(metrics::dialogMargin);
    auto *back = makeButton(tr("Back"));
    back->setObjectName(u"help.back"_s);
    back->setEnabled(false);
    auto *close = makeButton(tr("Close"));
    close->setObjectName(u"help.close"_s);
    close->setDefault(true);
    auto *foot = new QHBoxLayout;
    foot->setContentsMargins(metrics::dialogMargin, metrics::space12, metrics::dialogMargin,
                             metrics::space12);
    foot->addWidget(back);
    foot->addStretch(1);
    foot->addWidget(close);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addWidget(m_text, 1);
    column->addLayout(foot);
    connect(m_text, &QTextBrowser::backwardAvailable, back, &QPushButton::setEnabled);
    connect(back, &QPushButton::clicked, m_text, &QTextBrowser::backward);
    connect(close, &QPushButton::clicked, this, &QDialog::reject);
}

void HelpWindow::showPage(const QString &name)
{
    m_text->setSource(QUrl(u"qrc:/help/%1.md"_s.arg(name)));
    if (!isVisible())
        resize(QSize(620, 640).boundedTo(parentWidget()->size() - QSize(48, 48)));
    show();
    raise();
    activateWindow();
    m_text->setFocus();
}

} // namespace latchkey

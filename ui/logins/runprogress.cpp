// SPDX-License-Identifier: GPL-3.0-or-later
#include "logins/runprogress.h"

#include "style/buttonrole.h"
#include "style/metrics.h"
#include "widgets/clipboard.h"
#include "widgets/label.h"
#include "widgets/loadingbar.h"

#include <QPushButton>
#include <QVBoxLayout>

namespace latchkey {

using namespace Qt::StringLiterals;

RunProgress::RunProgress(const QString &step, QWidget *parent)
    : QWidget(parent)
{
    setObjectName(u"loginRunning"_s);
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins({});
    auto *bar = new LoadingBar;
    m_column = new QVBoxLayout;
    m_column->setContentsMargins(metrics::space20, 0, metrics::space20, 0);
    m_column->setSpacing(metrics::space12);
    auto *label = makeParagraph(step, TextStyle::Body, Tone::Muted);
    label->setAlignment(Qt::AlignHCenter);
    label->setObjectName(u"loginStep"_s);
    m_column->addWidget(label);
    outer->addWidget(bar);
    outer->addStretch(1);
    outer->addLayout(m_column);
    outer->addStretch(1);
    bar->setLoading(true);
}

RunProgress::RunProgress(const BrowserWait &wait, const PanelTools &tools, QWidget *parent)
    : RunProgress(tr("Waiting for the browser. Sign in there; this window goes on by itself."), parent)
{
    addWait(wait, tools);
}

void RunProgress::addWait(const BrowserWait &wait, const PanelTools &tools)
{
    auto *again = makeButton(Icon::External, tr("Open the browser again"));
    again->setObjectName(u"openBrowserAgain"_s);
    auto *copy = makeButton(Icon::Copy, tr("Copy the address"));
    copy->setObjectName(u"copyBrowserAddress"_s);
    auto *said = makeParagraph({}, TextStyle::Caption, Tone::Muted);
    said->setObjectName(u"browserSaid"_s);
    said->setAlignment(Qt::AlignHCenter);
    connect(again, &QPushButton::clicked, this, [wait, said, openUrl = tools.openUrl] {
        said->setText(openUrl && openUrl(wait.address) ? tr("The address was opened once more.")
                                                       : tr("The browser did not open. Copy the address."));
    });
    connect(copy, &QPushButton::clicked, this, [wait, said, &clipboard = tools.clipboard] {
        clipboard.copyText(wait.address.toString(QUrl::FullyEncoded));
        said->setText(tr("The address is copied. It is good for this login alone, in a browser on this "
                         "computer."));
    });
    auto *row = new QHBoxLayout;
    row->setSpacing(metrics::space8);
    row->addStretch(1);
    for (QPushButton *button : {again, copy}) {
        setSmall(button);
        row->addWidget(button);
    }
    row->addStretch(1);
    auto *listening =
        new Label(tr("Listening at %1").arg(wait.redirect.toString()), TextStyle::Caption, Tone::Muted);
    listening->setObjectName(u"listening"_s);
    auto *chip = new CountdownChip(tools.ticker);
    chip->setObjectName(u"browserTimeLeft"_s);
    chip->setPlain(true);
    chip->setExpiry(wait.expiry);
    auto *left = new QHBoxLayout;
    left->setSpacing(metrics::space8);
    left->addStretch(1);
    left->addWidget(listening);
    left->addWidget(chip);
    left->addStretch(1);
    m_column->addLayout(row);
    m_column->addWidget(said);
    m_column->addLayout(left);
}

} // namespace latchkey

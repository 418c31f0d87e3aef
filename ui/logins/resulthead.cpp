// SPDX-License-Identifier: GPL-3.0-or-later
#include "logins/resulthead.h"

#include "core/plaintext.h"
#include "style/buttonrole.h"
#include "style/metrics.h"
#include "widgets/glyph.h"
#include "widgets/label.h"

#include <QCoreApplication>
#include <QHBoxLayout>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

constexpr int kMargin = 18; ///< left and right of the pane

QString tr(const char *text)
{
    return QCoreApplication::translate("ResultHead", text);
}

QString timingText(const LoginRun &run, const QDateTime &now)
{
    //: Whose login it was, and when: "nightly · 14:02:11"
    const QString whose = tr("%1 · %2").arg(withVisibleControls(run.name), timeOrDateTime(run.at, now));
    if (!run.result)
        return whose;
    const QString requests =
        QCoreApplication::translate("latchkey::ResultPane", "%n request(s)", nullptr, run.result->requests);
    return u"%1 · %2 · %3"_s.arg(whose, requests, tookText(run.result->duration));
}

QString titleOf(const LoginRun &run)
{
    if (run.cancelledAfter)
        return tr("Login cancelled");
    if (run.isRefresh)
        return run.succeeded() ? tr("Tokens refreshed") : tr("Refresh refused");
    return run.succeeded() ? tr("Login succeeded") : tr("Login failed");
}

} // namespace

QWidget *makeResultHead(const LoginRun &run, const QDateTime &now, QWidget *actions)
{
    const Icon icon = run.cancelledAfter ? Icon::Skip : run.succeeded() ? Icon::Success : Icon::Error;
    const Tone tone = run.cancelledAfter ? Tone::Muted : run.succeeded() ? Tone::Ok : Tone::Danger;
    auto *head = new QWidget;
    auto *row = new QHBoxLayout(head);
    row->setContentsMargins({});
    row->setSpacing(10);
    row->addWidget(new Glyph(icon, tone, 22));
    auto *title = new Label(titleOf(run), TextStyle::Heading);
    title->setObjectName(u"resultTitle"_s);
    row->addWidget(title);
    auto *timing = new Label(timingText(run, now), TextStyle::Caption, Tone::Muted);
    timing->setObjectName(u"resultTiming"_s);
    timing->setElide(Label::Elide::End);
    timing->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    timing->setAlignment(Qt::AlignTrailing | Qt::AlignVCenter);
    row->addWidget(timing, 1);
    if (actions)
        row->addWidget(actions);
    return head;
}

QVBoxLayout *makeResultColumn(QWidget *page)
{
    auto *column = new QVBoxLayout(page);
    column->setContentsMargins(kMargin, metrics::cardMargin, kMargin, 0);
    column->setSpacing(11);
    return column;
}

QString requestsTitle(const LoginRun &run)
{
    return textWithCount(tr("Requests"), static_cast<int>(run.exchanges.size()));
}

} // namespace latchkey

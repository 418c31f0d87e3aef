// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/exchangedetail.h"

#include "models/exchangetext.h"
#include "style/buttonrole.h"
#include "style/metrics.h"
#include "widgets/card.h"
#include "widgets/clipboard.h"
#include "widgets/codeblock.h"
#include "widgets/curltext.h"
#include "widgets/label.h"
#include "widgets/scrolled.h"
#include "widgets/statebadge.h"

#include <QHBoxLayout>
#include <QJsonDocument>
#include <QLocale>
#include <QPainter>
#include <QPushButton>
#include <QScrollArea>
#include <QToolButton>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

QString headerLines(const QList<ExchangeHeader> &headers)
{
    QStringList lines;
    for (const ExchangeHeader &header : headers)
        lines.append(header.name + ": "_L1 + header.value);
    return lines.join(u'\n');
}

QString bodyText(const QString &body)
{
    const QJsonDocument json = QJsonDocument::fromJson(body.toUtf8());
    return json.isNull() ? body : QString::fromUtf8(json.toJson()).trimmed();
}

/// The parts that are there, an empty line between.
QString joined(QStringList parts)
{
    parts.removeAll(QString());
    return parts.isEmpty() ? ExchangeDetail::tr("Nothing") : parts.join(u"\n\n"_s);
}

/// What the request was for; the last part of the path where it is none of the known ones.
QString purpose(const Exchange &exchange)
{
    static const QList<std::pair<QString, QString>> known{
        {u"/auth/oauth2/v2/token"_s, ExchangeDetail::tr("Generate token")},
        {u"/auth/oauth2/revoke"_s, ExchangeDetail::tr("Revoke token")},
        {u"/auth/rate_limit"_s, ExchangeDetail::tr("Rate limit")},
        {u"/api/2/api_authorizations"_s, ExchangeDetail::tr("Authorization servers")},
        {u"/api/2/apps"_s, ExchangeDetail::tr("Apps")},
        {u"/oidc/2/token"_s, ExchangeDetail::tr("OIDC token")},
        {u"/oidc/2/certs"_s, ExchangeDetail::tr("Signing keys")},
        {u"/oidc/2/.well-known/openid-configuration"_s, ExchangeDetail::tr("Discovery")}};
    const QString path = exchange.url.path();
    for (const auto &[knownPath, name] : known) {
        if (path == knownPath)
            return name;
    }
    return path.section(u'/', -1);
}

} // namespace

ExchangeDetail::ExchangeDetail(const PanelTools &tools, QWidget *parent)
    : QWidget(parent)
    , m_tools(tools)
{
    setObjectName(u"exchangeDetail"_s);
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->setSpacing(0);
    auto *body = new QWidget;
    QScrollArea *scroll = scrolled(body);
    outer->addWidget(scroll, 1);
    outer->addWidget(makeFoot());

    auto *column = new QVBoxLayout(body);
    column->setContentsMargins(metrics::panelMargin, 12, metrics::panelMargin, 12);
    column->setSpacing(6);
    m_back = makeToolButton(Icon::ChevronRight, tr("Back to the list"));
    m_back->setArrowType(isRightToLeft() ? Qt::RightArrow : Qt::LeftArrow);
    m_back->setObjectName(u"exchange.back"_s);
    m_back->setVisible(false);
    m_back->setShortcut(Qt::Key_Escape); // works while it is shown
    connect(m_back, &QToolButton::clicked, this, &ExchangeDetail::backAsked);
    m_title = new Label({}, TextStyle::Heading);
    m_title->setElide(Label::Elide::End);
    m_badge = new StateBadge;
    m_badge->setObjectName(u"exchange.status"_s);
    auto *head = new QHBoxLayout;
    head->setSpacing(8);
    head->addWidget(m_back);
    head->addWidget(m_title);
    head->addStretch(1);
    head->addWidget(m_badge);
    column->addLayout(head);
    m_line = new Label({}, TextStyle::Fixed, Tone::Muted);
    m_line->setElide(Label::Elide::Path);
    column->addWidget(m_line);

    m_took = new Label;
    m_askedBy = new Label;
    m_askedBy->setElide(Label::Elide::End);
    auto *facts = new FactList;
    facts->addFact(tr("Took"), m_took);
    facts->addFact(tr("Request ID"), makeRequestIdRow());
    facts->addFact(tr("Asked by"), m_askedBy);
    column->addSpacing(4);
    column->addWidget(facts);
    column->addSpacing(4);
    m_request = addBlock(column, tr("Request"), tr("the request"), u"exchange.request"_s);
    m_response = addBlock(column, tr("Response"), tr("the response"), u"exchange.response"_s);
    m_curl = addBlock(column, tr("curl, runs once the variables are set"), tr("the request as curl"),
                      u"exchange.curl"_s);
    column->addStretch();
}

CodeBlock *ExchangeDetail::addBlock(QVBoxLayout *column, const QString &title, const QString &what,
                                    const QString &name)
{
    auto *block = new CodeBlock(what, m_tools.clipboard);
    block->setObjectName(name);
    block->setAccessibleName(title);
    column->addSpacing(6);
    column->addWidget(new Label(title, TextStyle::CaptionStrong, Tone::Muted));
    column->addWidget(block);
    return block;
}

QWidget *ExchangeDetail::makeRequestIdRow()
{
    auto *holder = new QWidget;
    auto *row = new QHBoxLayout(holder);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(4);
    m_requestId = new Label({}, TextStyle::Fixed);
    m_requestId->setObjectName(u"exchange.requestId"_s);
    m_requestId->setElide(Label::Elide::Middle);
    m_copyId = makeToolButton(Icon::Copy, tr("Copy request ID"));
    m_copyId->setObjectName(u"exchange.copyIdHere"_s);
    setSmall(m_copyId);
    row->addWidget(m_requestId);
    row->addStretch(1);
    row->addWidget(m_copyId);
    connect(m_copyId, &QToolButton::clicked, this,
            [this] { m_tools.clipboard.copyText(m_exchange.requestId); });
    return holder;
}

QWidget *ExchangeDetail::makeFoot()
{
    auto *foot = new QWidget;
    auto *row = new QHBoxLayout(foot);
    row->setContentsMargins(metrics::panelMargin, 10, metrics::panelMargin, 12);
    row->setSpacing(8);
    m_copyCurl = makeButton(Icon::Copy, tr("Copy as curl"), ButtonRole::Main);
    m_copyCurl->setObjectName(u"exchange.copyCurl"_s);
    m_copyIdButton = makeButton(tr("Copy request ID"));
    m_copyIdButton->setObjectName(u"exchange.copyId"_s);
    for (QPushButton *button : {m_copyCurl, m_copyIdButton}) {
        setSmall(button);
        row->addWidget(button);
    }
    row->addStretch();
    m_copied.setSingleShot(true);
    m_copied.setInterval(std::chrono::seconds(2));
    connect(&m_copied, &QTimer::timeout, this, [this] { m_copyCurl->setText(tr("Copy as curl")); });
    connect(m_copyCurl, &QPushButton::clicked, this, &ExchangeDetail::copyCurl);
    connect(m_copyIdButton, &QPushButton::clicked, this,
            [this] { m_tools.clipboard.copyText(m_exchange.requestId); });
    return foot;
}

void ExchangeDetail::copyCurl()
{
    m_tools.clipboard.copyText(curlText(m_exchange));
    m_copyCurl->setMinimumWidth(m_copyCurl->width()); // its neighbor stays where it is
    m_copyCurl->setText(tr("Copied"));
    m_copied.start();
}

void ExchangeDetail::setBackShown(bool shown)
{
    m_back->setVisible(shown);
}

void ExchangeDetail::setExchange(const Exchange &exchange)
{
    m_exchange = exchange;
    const QLocale locale;
    const QString path = exchangePath(exchange);
    m_title->setText(purpose(exchange));
    const bool error = exchange.isError();
    m_badge->setState(error ? Icon::Error : Icon::Success, exchangeStatus(exchange),
                      error ? Tone::Danger : Tone::Ok);
    m_line->setText(exchange.method + u' ' + path);
    m_took->setText(tr("%1 ms · %2")
                        .arg(locale.toString(static_cast<qlonglong>(exchange.duration.count())),
                             sizeText(exchange.responseSize)));
    const bool withId = !exchange.requestId.isEmpty();
    m_requestId->setText(withId ? exchange.requestId : tr("None given"));
    m_copyId->setVisible(withId);
    m_copyIdButton->setEnabled(withId);
    m_askedBy->setText(exchange.askedBy);
    m_request->setCode(joined({headerLines(exchange.requestHeaders), bodyText(exchange.requestBody)}));
    m_response->setCode(exchange.status == 0 ? exchange.failure
                                             : joined({bodyText(exchange.responseBody),
                                                       headerLines(exchange.responseHeaders)}));
    m_curl->setCode(curlText(exchange));
}

void ExchangeDetail::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), themeFor(palette()).base);
}

} // namespace latchkey

// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/secretfield.h"

#include "style/buttonrole.h"
#include "style/metrics.h"
#include "style/typography.h"
#include "widgets/clipboard.h"
#include "widgets/label.h"
#include "widgets/secrettext.h"
#include "widgets/ticker.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QPushButton>
#include <QToolButton>

#include <algorithm>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

QString hideText(qint64 seconds)
{
    return SecretField::tr("Hide, %1 s").arg(seconds);
}

} // namespace

SecretField::SecretField(const QString &name, Ticker &ticker, Clipboard &clipboard, QWidget *parent)
    : QWidget(parent)
    , m_ticker(ticker)
    , m_clipboard(clipboard)
{
    m_text = new SecretText(this);
    m_note = new Label({}, TextStyle::Caption, Tone::Muted, this);
    m_reveal = makeButton(Icon::Eye, tr("Reveal"), ButtonRole::Tool, this);
    m_reveal->setObjectName(u"revealSecret"_s);
    m_mend = makeButton({}, ButtonRole::Plain, this);
    m_mend->setObjectName(u"mendSecret"_s);
    m_copy = makeToolButton(Icon::Copy, {}, this);
    m_copy->setObjectName(u"copySecret"_s);
    m_copy->setIconSize(QSize(metrics::iconButton, metrics::iconButton));
    setSmall(m_reveal);
    setSmall(m_mend);
    setSmall(m_copy);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(metrics::space4);
    row->addWidget(m_text, 1);
    row->addWidget(m_note, 1);
    row->addWidget(m_reveal);
    row->addWidget(m_copy);
    row->addWidget(m_mend);
    connect(m_reveal, &QPushButton::clicked, this, [this] { isRevealed() ? mask() : reveal(); });
    connect(m_copy, &QToolButton::clicked, this, &SecretField::copy);
    connect(m_mend, &QPushButton::clicked, this,
            [this] { m_state == State::Locked ? emit unlockRequested() : emit pasteRequested(); });
    for (QWidget *part : {static_cast<QWidget *>(m_reveal), static_cast<QWidget *>(m_copy)})
        part->installEventFilter(this);
    setName(name);
    keepWidth();
    updateParts();
}

SecretField::~SecretField() = default;

/// Whatever it says, it takes the same room.
void SecretField::keepWidth()
{
    int width = 0;
    for (const QString &text : {tr("Reveal"), hideText(m_revealTime.count())}) {
        m_reveal->setText(text);
        width = std::max(width, m_reveal->sizeHint().width());
    }
    m_reveal->setFixedWidth(width);
}

void SecretField::setName(const QString &name)
{
    m_name = name;
    setAccessibleName(name);
    m_copy->setAccessibleName(tr("Copy %1").arg(name));
    m_copy->setToolTip(tr("Copy %1").arg(name));
    updateParts();
}

void SecretField::setProvider(Provider provider)
{
    mask();
    m_provider = std::move(provider);
}

void SecretField::setState(State state)
{
    if (state == m_state)
        return;
    m_state = state;
    mask();
    updateParts();
}

bool SecretField::isRevealed() const
{
    return m_text->isShown();
}

void SecretField::fetch(std::function<void(const Secret &)> use)
{
    if (!m_provider)
        return;
    m_fetching = std::make_unique<QObject>();
    m_provider(
        Continuation<Secret>(m_fetching.get(), [this, use = std::move(use)](const Result<Secret> &result) {
            if (result)
                use(*result);
            else
                emit failed(result.error());
        }));
}

void SecretField::reveal()
{
    fetch([this](const Secret &secret) {
        m_text->setSecret(secret);
        m_maskAt = m_ticker.clock().monotonic() + m_revealTime;
        disconnect(m_ticking);
        m_ticking = connect(&m_ticker, &Ticker::ticked, this, &SecretField::tick);
        updateParts();
    });
}

void SecretField::mask()
{
    m_fetching.reset();
    disconnect(m_ticking);
    m_text->setSecret({});
    updateParts();
}

void SecretField::copy()
{
    fetch([this](const Secret &secret) { m_clipboard.copySecret(secret); });
}

void SecretField::tick()
{
    if (m_ticker.clock().monotonic() >= m_maskAt)
        mask();
    else
        updateParts();
}

void SecretField::updateParts()
{
    const bool usable = m_state == State::Keychain || m_state == State::Session;
    m_text->setVisible(usable);
    m_reveal->setVisible(usable);
    m_copy->setVisible(usable);
    m_note->setVisible(!usable);
    m_mend->setVisible(!usable);
    m_note->setText(m_state == State::Locked ? tr("The keychain is locked") : tr("Not on this computer"));
    m_note->setTone(Tone::Warn);
    m_mend->setText(m_state == State::Locked ? tr("Unlock…") : tr("Paste again…"));
    const bool shown = isRevealed();
    const auto left = std::chrono::ceil<std::chrono::seconds>(m_maskAt - m_ticker.clock().monotonic());
    m_reveal->setIcon(icon(shown ? Icon::EyeOff : Icon::Eye));
    m_reveal->setText(shown ? hideText(left.count()) : tr("Reveal"));
    m_reveal->setAccessibleName(shown ? tr("Hide %1").arg(m_name) : tr("Reveal %1").arg(m_name));
    setToolTip(m_state == State::Session ? tr("Kept for this session only") : QString());
    m_text->setAccessibleName(tr("%1, hidden").arg(m_name));
}

bool SecretField::event(QEvent *event)
{
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange) {
        keepWidth();
        updateParts();
    }
    if (event->type() == QEvent::WindowDeactivate || event->type() == QEvent::Hide)
        mask();
    return QWidget::event(event);
}

// Masked when the focus leaves the field, not when it goes from Reveal to Copy.
bool SecretField::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::FocusOut) {
        QMetaObject::invokeMethod(
            this,
            [this] {
                const QWidget *now = window()->focusWidget();
                if (isRevealed() && now != m_reveal && now != m_copy)
                    mask();
            },
            Qt::QueuedConnection);
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace latchkey

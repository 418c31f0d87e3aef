// SPDX-License-Identifier: GPL-3.0-or-later
#include "credentials/pastearea.h"

#include "style/buttonrole.h"
#include "style/metrics.h"
#include "style/paint.h"
#include "widgets/glyph.h"
#include "widgets/label.h"

#include <QAccessible>
#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPainter>
#include <QPushButton>

namespace latchkey {

using namespace Qt::StringLiterals;

PasteArea::PasteArea(QWidget *parent)
    : QFrame(parent)
{
    setObjectName(u"credential.form.paste"_s);
    setAccessibleName(tr("Paste both values"));
    setFocusPolicy(Qt::StrongFocus);
    auto *texts = new QVBoxLayout;
    texts->setSpacing(2);
    texts->addWidget(new Label(tr("Paste both values here"), TextStyle::BodyStrong));
    m_glyph = new Glyph(Icon::Info, Tone::Muted, metrics::iconBadge);
    m_note = makeParagraph({}, TextStyle::Caption, Tone::Muted);
    auto *below = new QHBoxLayout;
    below->setSpacing(metrics::space4);
    below->addWidget(m_glyph, 0, Qt::AlignTop);
    below->addWidget(m_note, 1);
    texts->addLayout(below);
    m_paste = makeButton(tr("Paste"));
    m_paste->setObjectName(u"credential.form.pasteButton"_s);
    setKeyHint(m_paste, QKeySequence::Paste);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(metrics::cardMargin, metrics::space12, metrics::cardMargin, metrics::space12);
    row->setSpacing(metrics::space12);
    row->addLayout(texts, 1);
    row->addWidget(m_paste);
    connect(m_paste, &QPushButton::clicked, this, &PasteArea::paste);
    m_note->setText(
        tr("Text, JSON, .env lines or a table row: the pair is found in it. The text is not kept."));
}

void PasteArea::showNote(const QString &note, bool isGood)
{
    m_glyph->setIcon(isGood ? Icon::Success : Icon::Warning);
    m_glyph->setTone(isGood ? Tone::Ok : Tone::Warn);
    m_note->setText(note);
    m_note->setTone(isGood ? Tone::Ok : Tone::Warn);
    setAccessibleDescription(note);
    QAccessibleEvent alert(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
}

bool PasteArea::paste()
{
    const std::optional<PastedCredential> found = recogniseCredential(QGuiApplication::clipboard()->text());
    if (!found) {
        showNote(tr("No pair was found on the clipboard. Type the two values below."), false);
        return false;
    }
    emit recognised(*found);
    return true;
}

void PasteArea::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Paste) || event->key() == Qt::Key_Space)
        paste();
    else
        QFrame::keyPressEvent(event);
}

void PasteArea::paintEvent(QPaintEvent *)
{
    const Theme &theme = themeFor(palette());
    QPainter painter(this);
    paintRounded(&painter, rect(), metrics::cardRadius, theme.sunken,
                 hasFocus() ? theme.accent : theme.lineMid);
}

} // namespace latchkey

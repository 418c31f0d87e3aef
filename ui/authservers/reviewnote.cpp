// SPDX-License-Identifier: GPL-3.0-or-later
#include "authservers/reviewnote.h"

#include "authservers/fewnames.h"
#include "core/plaintext.h"
#include "core/records.h"
#include "style/buttonrole.h"
#include "style/metrics.h"
#include "widgets/glyph.h"
#include "widgets/label.h"
#include "widgets/messagebanner.h"

#include <QHBoxLayout>
#include <QPushButton>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kNamesTold = 4;

/// The apps of whose changes nothing is left.
QString fulfilledText(const QStringList &apps)
{
    return apps.isEmpty() ? QString()
                          : ReviewNote::tr("Already as you wanted: %1.").arg(firstNames(apps, kNamesTold));
}

QString droppedText(const DroppedGrants &dropped)
{
    if (dropped.count == 0)
        return {};
    //: %1 is a list of scopes
    return ReviewNote::tr("%n staged change(s) were dropped: the tenant no longer has %1.", nullptr,
                          dropped.count)
        .arg(firstNames(dropped.scopes, kNamesTold));
}

/// Why nothing is left to change, which the title says.
QString nothingText(const Meanwhile &meanwhile)
{
    if (meanwhile.givenUp == 0)
        return meanwhile.dropped.count > 0 ? QString()
                                           : ReviewNote::tr("The tenant already has what you wanted.");
    if (meanwhile.fulfilled.isEmpty())
        return ReviewNote::tr("You took theirs and gave your changes to %n app(s) up.", nullptr,
                              meanwhile.givenUp);
    return ReviewNote::tr("You took theirs for %n app(s), and the tenant has the rest already.", nullptr,
                          meanwhile.givenUp);
}

QString with(const QString &sentence, const QString &another)
{
    return sentence.isEmpty() || another.isEmpty() ? sentence + another : sentence + u' ' + another;
}

/// The plan was put on top of a new reading.
QString undoText(const Meanwhile &meanwhile)
{
    const bool isRebased = meanwhile.isOnTop || meanwhile.givenUp > 0 || !meanwhile.fulfilled.isEmpty() ||
                           meanwhile.dropped.count > 0;
    return isRebased ? ReviewNote::tr("Undo in Grants starts anew from here.") : QString();
}

QString readyText(const ReviewFacts &facts)
{
    const int seconds = static_cast<int>(facts.age.count());
    const QString ago = seconds < 1    ? ReviewNote::tr("just now")
                        : seconds < 60 ? ReviewNote::tr("%n second(s) ago", nullptr, seconds)
                                       : ReviewNote::tr("%n minute(s) ago", nullptr, seconds / 60);
    //: "Read again 3 seconds ago."
    return with(
        ReviewNote::tr("Read again %1.").arg(ago),
        facts.meanwhile.isOnTop
            ? ReviewNote::tr("Your changes stand on top of what others have changed.")
            : ReviewNote::tr("Nobody has changed %n app(s) since you loaded them.", nullptr, facts.reviewed));
}

} // namespace

ReviewNote::ReviewNote(QWidget *parent)
    : QWidget(parent)
    , m_glyph(new Glyph(Icon::Clock, Tone::Muted, metrics::iconButton))
    , m_text(makeParagraph({}, TextStyle::Caption))
    , m_again(makeButton({}))
{
    m_text->setObjectName(u"reviewFreshness"_s);
    m_again->setObjectName(u"reviewReadAgain"_s);
    setSmall(m_again);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins({});
    row->setSpacing(6);
    row->addWidget(m_glyph, 0, Qt::AlignVCenter);
    row->addWidget(m_text, 1);
    row->addWidget(m_again);
}

void ReviewNote::say(Icon icon, Tone tone, const QString &text)
{
    m_glyph->setIcon(icon);
    m_glyph->setTone(tone);
    m_text->setText(text);
    updateGeometry(); // now: a fit of the dialog may come before its layout asks for another height
}

QString ReviewNote::text() const
{
    return m_text->text();
}

void ReviewNote::tellFailure(const QString &sentence)
{
    say(Icon::Error, Tone::Danger, sentence);
}

void ReviewNote::offer(ReviewPhase phase, bool isLeft)
{
    m_again->setVisible(phase == ReviewPhase::Failed || phase == ReviewPhase::Conflict ||
                        (phase == ReviewPhase::Done && isLeft));
    m_again->setText(phase == ReviewPhase::Conflict ? tr("Keep all of mine on top")
                     : phase == ReviewPhase::Done   ? tr("Review what is left")
                                                    : tr("Read again"));
}

void ReviewNote::tell(const ReviewFacts &facts)
{
    const bool mayWait = facts.phase == ReviewPhase::Reading || facts.phase == ReviewPhase::Applying;
    if (facts.waitLeft.count() > 0 && mayWait)
        return say(Icon::Clock, Tone::Warn,
                   tr("The tenant asks to wait, %n second(s) left.", nullptr,
                      static_cast<int>(facts.waitLeft.count())));
    const QString fulfilled = fulfilledText(facts.meanwhile.fulfilled);
    const QString dropped = droppedText(facts.meanwhile.dropped);
    const QStringList &gone = facts.meanwhile.dropped.scopes;
    m_text->setToolTip(gone.size() > kNamesTold ? plainLine(gone.join(u", "_s)) : QString());
    switch (facts.phase) {
    case ReviewPhase::Reading:
        return say(Icon::Clock, Tone::Muted, tr("Reading the client apps again."));
    case ReviewPhase::Ready: {
        const QString read =
            with(with(with(dropped, readyText(facts)), fulfilled), undoText(facts.meanwhile));
        if (facts.toType == 0)
            return say(dropped.isEmpty() ? Icon::Success : Icon::Warning,
                       dropped.isEmpty() ? Tone::Ok : Tone::Warn, read);
        return say(
            Icon::Warning, Tone::Warn,
            with(tr("Apply waits for %n name(s): what is lost may be in use here.", nullptr, facts.toType),
                 read));
    }
    case ReviewPhase::Conflict:
        return say(
            Icon::Warning, Tone::Warn,
            with(with(tr("Someone changed %n app(s) since you loaded them. Decide for each whether theirs "
                         "is kept alone, or yours goes on top of it.",
                         nullptr, facts.conflicts),
                      fulfilled),
                 dropped));
    case ReviewPhase::Nothing:
        if (!dropped.isEmpty())
            return say(Icon::Warning, Tone::Warn,
                       with(with(dropped, nothingText(facts.meanwhile)), fulfilled));
        return say(facts.meanwhile.givenUp > 0 ? Icon::Info : Icon::Success,
                   facts.meanwhile.givenUp > 0 ? Tone::Muted : Tone::Ok,
                   with(nothingText(facts.meanwhile), fulfilled));
    case ReviewPhase::Failed: // tellFailure() has said why
        return;
    case ReviewPhase::Applying:
        return say(Icon::Clock, Tone::Muted,
                   tr("%1 of %n app(s) are settled. Each change is written down before it is sent.", nullptr,
                      facts.apps)
                       .arg(facts.settled));
    case ReviewPhase::Done:
        if (!facts.isWritten)
            return say(Icon::Warning, Tone::Warn,
                       tr("Nothing was sent, because it could not be written to Changes first."));
        return say(Icon::Note, Tone::Muted,
                   facts.stored > 0
                       ? tr("Written to Changes. Undo plan takes the %n stored change(s) back, after a "
                            "review of its own.",
                            nullptr, facts.stored)
                       : tr("Written to Changes. Nothing is stored that could be taken back."));
    }
}

MessageBanner *makeReviewEffect(const AuthServer &server)
{
    auto *effect = new MessageBanner;
    effect->setObjectName(u"reviewEffect"_s);
    effect->showMessage(
        MessageBanner::Kind::Info,
        server.accessTokenLifetime
            ? ReviewNote::tr(
                  "Tokens already issued keep their scopes until they expire, here at most %n minute(s).",
                  nullptr, static_cast<int>(server.accessTokenLifetime->count()))
            : ReviewNote::tr("Tokens already issued keep their scopes until they expire."));
    effect->setClosable(false);
    return effect;
}

} // namespace latchkey

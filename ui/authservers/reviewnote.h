// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "grants/gonescopes.h"
#include "style/icons.h"
#include "style/theme.h"

#include <QStringList>
#include <QWidget>

#include <chrono>

class QPushButton;

namespace latchkey {

class Glyph;
class Label;
class MessageBanner;
struct AuthServer;

/// How far a review is, from the reading before it to the outcome of its apply.
enum class ReviewPhase { Reading, Ready, Failed, Conflict, Nothing, Applying, Done };

/// What became of changes because others changed the tenant meanwhile.
struct Meanwhile
{
    QStringList fulfilled{}; ///< apps that the tenant has as they were wanted
    int givenUp = 0;         ///< apps of which theirs was taken
    DroppedGrants dropped{}; ///< of scopes that the tenant no longer has
    bool isOnTop = false;    ///< mine stands on top of what others changed
};

/// What the note of a review tells about.
struct ReviewFacts
{
    ReviewPhase phase = ReviewPhase::Reading;
    std::chrono::seconds waitLeft{0}; ///< that the tenant asks for
    std::chrono::seconds age{0};      ///< of the reading
    int reviewed = 0;                 ///< apps that the review is about
    int conflicts = 0;                ///< of them, those that someone else changed
    int apps = 0;                     ///< that an apply is about
    int settled = 0;                  ///< of the apps
    int stored = 0;                   ///< changes that Undo plan takes back
    int toType = 0;                   ///< names of apps that are still to be typed
    bool isWritten = false;           ///< there is an entry of the journal
    Meanwhile meanwhile{};
};

/// How fresh a review is, how far an apply is, and a button beside it.
class ReviewNote final : public QWidget
{
    Q_OBJECT

public:
    explicit ReviewNote(QWidget *parent = nullptr);

    void tell(const ReviewFacts &facts);
    void tellFailure(const QString &sentence);
    /// What the button beside it does; `isLeft`: an apply has left changes.
    void offer(ReviewPhase phase, bool isLeft);
    QString text() const;
    QPushButton *again() const { return m_again; }

private:
    void say(Icon icon, Tone tone, const QString &text);

    Glyph *m_glyph = nullptr;
    Label *m_text = nullptr;
    QPushButton *m_again = nullptr;
};

/// What becomes of tokens that were issued already.
MessageBanner *makeReviewEffect(const AuthServer &server);

} // namespace latchkey

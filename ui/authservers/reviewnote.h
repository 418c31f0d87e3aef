// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "style/icons.h"
#include "style/theme.h"

#include <QWidget>

#include <chrono>

class QPushButton;

namespace latchkey {

class Glyph;
class Label;
class MessageBanner;
struct AuthServer;

enum class ReviewPhase { Reading, Ready, Failed, Conflict, Nothing, Applying, Done };

/// What the note of a review tells about.
struct ReviewFacts
{
    ReviewPhase phase = ReviewPhase::Reading;
    std::chrono::seconds waitLeft{0}; ///< that the tenant asks for
    std::chrono::seconds age{0};      ///< of the reading
    int apps = 0;
    int settled = 0;        ///< of the apps
    int stored = 0;         ///< changes that Undo plan takes back
    int toType = 0;         ///< names of apps that are still to be typed
    bool isWritten = false; ///< there is an entry of the journal
};

/// How fresh a review is, how far an apply is, and a button beside it.
class ReviewNote final : public QWidget
{
    Q_OBJECT

public:
    explicit ReviewNote(QWidget *parent = nullptr);

    void tell(const ReviewFacts &facts);
    void tellFailure(const QString &sentence);
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

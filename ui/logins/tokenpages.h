// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "oidc/loginflow.h"
#include "oidc/tokenjudgement.h"

#include <QWidget>

#include <functional>

class QStackedWidget;
class QVBoxLayout;

namespace latchkey {

class Checklist;
class Clipboard;
class EmptyState;
class StateBadge;
class TabStrip;

/// What is known of one token: its checks, claims and raw JSON, and a badge that says whether it is
/// verified or only decoded. Further pages can stand behind these.
class TokenPages final : public QWidget
{
    Q_OBJECT

public:
    /// Who says that it is a token: what was pasted may be none.
    enum class Origin { Issued, Pasted };

    /// Both must outlive it.
    TokenPages(Clipboard &clipboard, const Clock &clock, QWidget *parent = nullptr);

    /// A token that can be decoded is shown as being checked until setVerdict().
    void setToken(const IssuedToken &token, Origin origin = Origin::Issued);
    void setVerdict(const TokenVerdict &verdict);
    /// "Revoked at 14:02:11": whatever its checks say, nobody has to take the token. Empty: it is good.
    void setEnd(const QString &text);
    /// Stands under the checks, whatever the token.
    void setBelowChecks(QWidget *widget);
    /// Which next steps of an explanation have an effect, beside those of actions(). A check that failed is
    /// explained in a page of its own.
    void setSteps(std::function<bool(const QString &)> hasStep) { m_hasStep = std::move(hasStep); }
    /// The next steps of explanations that the pages take themselves.
    static QStringList actions();
    /// A page of that name takes the place of the one before.
    void setFurtherPage(const QString &title, const QString &name, QWidget *page);
    void removeFurtherPage(const QString &name);
    void openPage(const QString &name);

    /// The next step after which a token is to be judged again, with keys that are fetched anew.
    static const QString fetchKeys;

signals:
    /// A next step that is not of actions().
    void stepAsked(const QString &action);

private:
    QWidget *makeChecksPage();
    void replacePage(int index, QWidget *page);
    void showReadable(const DecodedJwt &token);
    void showUnreadable(TokenKind kind);
    void showNotes(const QStringList &notes);
    void explainFailure();
    void takeStep(const QString &action);
    void updateBadge();

    Clipboard &m_clipboard;
    const Clock &m_clock;
    TabStrip *m_tabs = nullptr;
    QStackedWidget *m_pages = nullptr;
    StateBadge *m_badge = nullptr;
    TokenKind m_kind = TokenKind::Opaque;
    Origin m_origin = Origin::Issued;
    bool m_isReadable = false;
    QString m_step; ///< taken, and not answered by a verdict yet
    std::function<bool(const QString &)> m_hasStep = [](const QString &) { return false; };
    std::vector<Check> m_checks; ///< empty until the verdict
    QString m_end;
    QVBoxLayout *m_checksColumn = nullptr;
    Checklist *m_checklist = nullptr;
    QWidget *m_notes = nullptr;
    EmptyState *m_unreadable = nullptr;
};

} // namespace latchkey

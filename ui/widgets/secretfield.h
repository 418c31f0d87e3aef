// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/clock.h"
#include "core/error.h"
#include "core/secret.h"
#include "net/continuation.h"

#include <QWidget>

#include <memory>

class QPushButton;
class QToolButton;

namespace latchkey {

class Clipboard;
class Label;
class SecretText;
class Ticker;

/// A secret as ten dots; nothing moves when it is revealed. It is fetched when it is revealed or copied, and
/// wiped when it is hidden: after 15 seconds, on focus loss, when the window is deactivated, on lock.
class SecretField final : public QWidget
{
    Q_OBJECT

public:
    enum class State { Keychain, Session, Missing, Locked };
    using Provider = std::function<void(Continuation<Secret>)>;

    /// `name` is said by the buttons: "client secret of directory-sync".
    SecretField(const QString &name, Ticker &ticker, Clipboard &clipboard, QWidget *parent = nullptr);
    ~SecretField() override;

    void setName(const QString &name);
    void setProvider(Provider provider);
    void setState(State state);
    State state() const { return m_state; }
    bool isRevealed() const;
    void reveal();
    void mask();
    void copy();
    void setRevealTime(std::chrono::seconds time) { m_revealTime = time; }

signals:
    void pasteRequested();
    void unlockRequested();
    void failed(const latchkey::Error &error);

protected:
    bool event(QEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void fetch(std::function<void(const Secret &)> use);
    void tick();
    void keepWidth();
    void updateParts();

    QString m_name;
    Ticker &m_ticker;
    Clipboard &m_clipboard;
    Provider m_provider;
    State m_state = State::Keychain;
    std::chrono::seconds m_revealTime{15};
    Clock::Instant m_maskAt{};
    QMetaObject::Connection m_ticking;
    std::unique_ptr<QObject> m_fetching;
    SecretText *m_text = nullptr;
    Label *m_note = nullptr;
    QPushButton *m_reveal = nullptr;
    QPushButton *m_mend = nullptr;
    QToolButton *m_copy = nullptr;
};

} // namespace latchkey

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/error.h"
#include "style/icons.h"
#include "style/theme.h"

#include <QFrame>
#include <QTimer>

class QHBoxLayout;
class QPushButton;
class QToolButton;

namespace latchkey {

class BannerText;
class Glyph;

/// What happened, in place: a glyph, one bold sentence, one muted detail, up to two buttons, Close.
/// An Info without a detail is a note: its sentence is not bold.
/// Texts are plain. Danger and warn stay; ok goes after ten seconds unless it has a button, and never while
/// it has the focus, the pointer is over it, or moves over what it would move: the widget it is part of.
class MessageBanner final : public QFrame
{
    Q_OBJECT

public:
    enum class Kind { Danger, Warn, Ok, Info };

    explicit MessageBanner(QWidget *parent = nullptr);

    /// Replaces what was shown, its buttons included, and says it to assistive technology.
    void showMessage(Kind kind, const QString &sentence, const QString &detail = {});
    /// The error's sentence, and the vendor's text, status and request id as the detail.
    void showError(const Error &error);
    /// Another glyph than the one of the kind, until the next message.
    void setIcon(Icon icon);
    QPushButton *addButton(const QString &text);
    void setClosable(bool closable);
    void clear();
    /// There is nothing more to press: it goes like an ok without a button.
    void letGo();
    void setOkDuration(std::chrono::milliseconds duration) { m_okDuration = duration; }

    Kind kind() const { return m_kind; }
    QString sentence() const;
    QString detail() const;

signals:
    void closed();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void leaveIfQuiet();
    void removeButtons();

    Kind m_kind = Kind::Info;
    std::chrono::milliseconds m_okDuration{10'000};
    Glyph *m_glyph = nullptr;
    BannerText *m_text = nullptr;
    QHBoxLayout *m_buttons = nullptr;
    QToolButton *m_close = nullptr;
    QTimer m_leave;
    QPoint m_pointer; ///< where it was when it was looked at last
};

/// "404 Not Found. Request ID 1f2e…": what stands below an error's sentence.
QString errorDetail(const Error &error);

} // namespace latchkey

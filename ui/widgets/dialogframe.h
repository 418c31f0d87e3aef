// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/error.h"
#include "core/tenant.h"
#include "style/buttonrole.h"

#include <QDialog>
#include <QDialogButtonBox>
#include <QPointer>

#include <functional>

class QHBoxLayout;
class QScrollArea;
class QSpacerItem;
class QVBoxLayout;

namespace latchkey {

class EnvironmentBand;
class EnvironmentTag;
class Label;
class LoadingBar;
class MessageBanner;

/// The frame of every dialog: band, title, banner, a body that scrolls, buttons that do not.
/// Window modal; shown with open(). Give it WA_DeleteOnClose where nothing else owns it.
class DialogFrame : public QDialog
{
    Q_OBJECT

public:
    explicit DialogFrame(const QString &title, QWidget *parent = nullptr);

    void setTitle(const QString &title);
    void setSubtitle(const QString &subtitle);
    /// Band on top and tag beside the subtitle: for dialogs that write.
    void setEnvironment(TenantType type);
    QVBoxLayout *body() const { return m_body; }
    MessageBanner *banner() const { return m_banner; }
    /// In the native order of QDialogButtonBox. Reject role closes the dialog.
    QPushButton *addButton(const QString &text, QDialogButtonBox::ButtonRole place,
                           ButtonRole role = ButtonRole::Plain);
    /// A row between body and foot that is seen however far the body is scrolled.
    void addAboveFoot(QWidget *widget);
    /// Something at the leading edge of the foot.
    void addToFoot(QWidget *widget);
    /// Disables body, foot and buttons except Cancel and shows the loading bar; `what` stands in the foot.
    /// The focus is where it was afterwards.
    void setBusy(bool busy, const QString &what = {});
    bool isBusy() const { return m_busy; }
    /// While it is busy: how long the tenant still asks to wait, instead of what is done; 0: no longer.
    void setWaiting(std::chrono::seconds left);
    /// What a person can do about an error, said with it; an empty text: nothing beyond what it says itself.
    void setAdvice(std::function<QString(const Error &error)> advice) { m_advice = std::move(advice); }
    enum class Room { Fitted, Kept };
    /// As high as its content again, after that has changed while it is shown.
    void fit() { fitToScreen(Room::Fitted); }
    /// In the banner; the form keeps what was typed.
    virtual void showError(const Error &error);

protected:
    void paintEvent(QPaintEvent *event) override;
    void showEvent(QShowEvent *event) override;
    /// Fits the height to another content once that is laid out. Room::Kept: it grows where it must, and what
    /// is below stays under the pointer otherwise.
    void refit(Room room = Room::Fitted);

private:
    void restoreFocus();
    void fitToScreen(Room room);
    void keepInWindow();

    EnvironmentBand *m_band = nullptr;
    Label *m_title = nullptr;
    Label *m_subtitle = nullptr;
    EnvironmentTag *m_tag = nullptr;
    MessageBanner *m_banner = nullptr;
    LoadingBar *m_loading = nullptr;
    QScrollArea *m_scroll = nullptr;
    QWidget *m_bodyWidget = nullptr;
    QVBoxLayout *m_body = nullptr;
    QSpacerItem *m_rest = nullptr; ///< below the body, unless that takes all room itself
    QWidget *m_foot = nullptr;
    QHBoxLayout *m_footStart = nullptr;
    Label *m_busyText = nullptr;
    QDialogButtonBox *m_buttons = nullptr;
    QString m_busyWith;
    std::function<QString(const Error &)> m_advice;
    QPointer<QWidget> m_focusBefore;    ///< it was busy
    QPointer<QWidget> m_focusMeanwhile; ///< where Qt moved it to
    bool m_busy = false;
    bool m_hasAboveFoot = false;
};

} // namespace latchkey

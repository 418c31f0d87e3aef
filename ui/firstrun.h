// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "style/icons.h"

#include <QWidget>

class QBoxLayout;
class QPushButton;
class QTimer;

namespace latchkey {

class KeychainState;
class Label;
class LoadingBar;
class MessageBanner;
struct Error;

/// What is there while no tenant is open: three ways to one, and whether the keychain works.
class FirstRun final : public QWidget
{
    Q_OBJECT

public:
    /// `keychain` must outlive the page.
    explicit FirstRun(KeychainState &keychain, QWidget *parent = nullptr);

    /// The sandbox is starting; after a second there is a way to stop waiting.
    void setStarting(bool starting);
    void showError(const Error &error);
    /// There are tenants already: the heading says so.
    void setHasTenants(bool has);

signals:
    void sandboxAsked();
    void addTenantAsked();
    void importAsked();
    void cancelAsked();

protected:
    void paintEvent(QPaintEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    QWidget *makeHead();
    QWidget *makeCards();
    QWidget *makeCard(Icon icon, bool first, const QString &title, const QString &sentence,
                      const QStringList &points, const QList<QPushButton *> &buttons, const QString &foot);
    void showKeychain();

    KeychainState &m_keychain;
    Label *m_title = nullptr;
    QPushButton *m_sandbox = nullptr;
    QPushButton *m_addTenant = nullptr;
    QPushButton *m_import = nullptr;
    QPushButton *m_cancel = nullptr;
    QBoxLayout *m_cards = nullptr;
    LoadingBar *m_loading = nullptr;
    MessageBanner *m_failure = nullptr;
    MessageBanner *m_keychainBanner = nullptr;
    QTimer *m_cancelDelay = nullptr;
};

} // namespace latchkey

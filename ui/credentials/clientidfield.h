// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace latchkey {

class Clipboard;
class Label;

/// A client ID in one line, and a button that copies it.
class ClientIdField final : public QWidget
{
    Q_OBJECT

public:
    /// `clipboard` must outlive it.
    explicit ClientIdField(Clipboard &clipboard, QWidget *parent = nullptr);

    void setClientId(const QString &clientId);

private:
    Clipboard &m_clipboard;
    QString m_clientId;
    Label *m_label = nullptr;
};

} // namespace latchkey

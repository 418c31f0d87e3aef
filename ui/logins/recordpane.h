// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "logins/loginrun.h"
#include "oidc/loginrecord.h"

#include <QWidget>

class QVBoxLayout;

namespace latchkey {

class Clipboard;

/// A login of the history that succeeded: what was asked and what came back, but for the tokens.
class RecordPane final : public QWidget
{
    Q_OBJECT

public:
    RecordPane(const LoginRecord &record, Clipboard &clipboard, const QDateTime &now,
               QWidget *parent = nullptr);

private:
    QWidget *makeFacts(const LoginRecord &record, const QDateTime &now);
    void addClaims(QVBoxLayout &column, const LoginRecord &record, Clipboard &clipboard,
                   const QDateTime &now);
};

/// As a run without tokens and exchanges, to be shown like one.
LoginRun runOf(const LoginRecord &record);

} // namespace latchkey

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/records.h"

#include <QWidget>

namespace latchkey {

class Label;
class Session;

/// Says in a pair's detail that it is being rotated, and how far that is; not there otherwise.
class RotationStrip final : public QWidget
{
    Q_OBJECT

public:
    explicit RotationStrip(Session &session, QWidget *parent = nullptr);

    void setCredential(const ApiCredential &credential);

signals:
    void resumeAsked();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Session &m_session;
    Label *m_progress = nullptr;
};

} // namespace latchkey

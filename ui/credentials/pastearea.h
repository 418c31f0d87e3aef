// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "interchange/credentialpaste.h"

#include <QFrame>

class QPushButton;

namespace latchkey {

class Glyph;
class Label;

/// Takes a pair from the clipboard and passes it on; the text is neither shown nor kept.
class PasteArea final : public QFrame
{
    Q_OBJECT

public:
    explicit PasteArea(QWidget *parent = nullptr);

    /// Reads the clipboard; false: there is no pair in it.
    bool paste();
    void showNote(const QString &note, bool isGood);

signals:
    void recognised(const latchkey::PastedCredential &found);

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    Glyph *m_glyph = nullptr;
    Label *m_note = nullptr;
    QPushButton *m_paste = nullptr;
};

} // namespace latchkey

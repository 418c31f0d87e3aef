// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QPushButton;

namespace latchkey {

class Glyph;
class GrantGridModel;
class Label;

/// The current cell of the grants grid in words, and what can be done about its pending change.
class CellStrip final : public QWidget
{
    Q_OBJECT

public:
    explicit CellStrip(QWidget *parent = nullptr);

    void showCell(const GrantGridModel &model, const QModelIndex &cell);

signals:
    void keepRequested(); ///< drop the pending change of the current cell
    void proofRequested();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Glyph *m_glyph = nullptr;
    Label *m_scope = nullptr;
    Label *m_app = nullptr;
    Label *m_words = nullptr;
    QPushButton *m_keep = nullptr;
    QPushButton *m_prove = nullptr;
};

} // namespace latchkey

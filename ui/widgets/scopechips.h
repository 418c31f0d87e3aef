// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>
#include <QWidget>

#include <vector>

class QCompleter;
class QLineEdit;
class QStringListModel;

namespace latchkey {

/// Scopes as chips with an editor behind them. One tab stop; Space, comma and Enter end a chip, the
/// arrows walk over the chips, Backspace selects the last one and then removes it.
class ScopeChips final : public QWidget
{
    Q_OBJECT

public:
    explicit ScopeChips(QWidget *parent = nullptr);

    QStringList scopes() const { return m_scopes; }
    void setScopes(const QStringList &scopes);
    void setSuggestions(const QStringList &suggestions);
    void setReadOnly(bool readOnly);
    /// The chip the keyboard is on; -1 is the editor.
    int selectedChip() const { return m_selected; }
    QLineEdit *editor() const { return m_editor; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;

signals:
    void scopesChanged(const QStringList &scopes);

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void changeEvent(QEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    struct Arrangement
    {
        std::vector<QRect> chips{};
        QRect editor{};
        int height = 0;
    };
    Arrangement arrange(int width) const;
    QRect crossOf(const QRect &chip) const;
    void arrangeNow();
    /// Takes every whole word of the text; returns false if there was none.
    bool take(const QString &text);
    bool handleKey(int key);
    void remove(int chip);
    void select(int chip);
    void flash(int chip);
    void changed();

    QStringList m_scopes;
    QLineEdit *m_editor = nullptr;
    QStringListModel *m_suggestions = nullptr;
    Arrangement m_arrangement;
    int m_selected = -1;
    int m_flashed = -1;
    bool m_readOnly = false;
};

} // namespace latchkey

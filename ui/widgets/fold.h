// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QHBoxLayout;
class QToolButton;
class QVBoxLayout;

namespace latchkey {

/// What is seldom wanted, folded away under a title that says how much of it is set.
class Fold final : public QWidget
{
    Q_OBJECT

public:
    /// `name` is the object name of its head, and the start of no other.
    Fold(const QString &title, const QString &name, QWidget *parent = nullptr);

    QVBoxLayout *body() const { return m_body; }
    static constexpr int kUnknown = -1;

    /// kUnknown: it is not said.
    void setCount(int count);
    /// Around the head, where the content is to reach further out than it.
    void setHeadMargins(const QMargins &margins);
    void setOpen(bool open);
    bool isOpen() const;

signals:
    void toggled(bool open);

private:
    void updateHead();

    QString m_title;
    int m_count = 0;
    QHBoxLayout *m_headRow = nullptr;
    QToolButton *m_head = nullptr;
    QWidget *m_content = nullptr;
    QVBoxLayout *m_body = nullptr;
};

} // namespace latchkey

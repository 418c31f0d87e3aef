// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QWidget>

class QLineEdit;
class QVBoxLayout;

namespace latchkey {

class Fold;

/// Further parameters of a token request as rows of name and value, folded until they are wanted.
class ParameterRows final : public QWidget
{
    Q_OBJECT

public:
    explicit ParameterRows(QWidget *parent = nullptr);

    /// Rows without a name are left out.
    QList<std::pair<QString, QString>> parameters() const;
    void setParameters(const QList<std::pair<QString, QString>> &parameters);
    void unfold();

signals:
    void changed();

private:
    struct Row
    {
        QWidget *widget = nullptr;
        QLineEdit *name = nullptr;
        QLineEdit *value = nullptr;
    };

    void addRow(const QString &name = {}, const QString &value = {});
    void removeRow(const QWidget *widget);
    void updateHead();

    Fold *m_fold = nullptr;
    QVBoxLayout *m_rowColumn = nullptr;
    QList<Row> m_rows;
};

} // namespace latchkey

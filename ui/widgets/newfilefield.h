// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLineEdit;

namespace latchkey {

/// Where a file will be written that does not exist yet: its path, and a way to choose it.
class NewFileField final : public QWidget
{
    Q_OBJECT

public:
    explicit NewFileField(const QString &path, QWidget *parent = nullptr);

    QString path() const;
    /// Replaces one of these endings (".csv") by another one, whatever the rest is.
    void setEnding(const QStringList &endings, const QString &ending);
    /// Why nothing can be written there; empty where it can. Nothing that exists is replaced.
    QString problem() const;

private:
    void choose();

    QLineEdit *m_path = nullptr;
};

/// "acme-Invoices-API": names as a file name that every system takes.
QString fileNameOf(const QString &names);

} // namespace latchkey

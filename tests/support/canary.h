// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>
#include <QString>

namespace latchkey {

/// Looks for secrets in bytes and files, in every form they could hide in.
class Canary
{
public:
    /// `name` is what a finding says; the secret itself is never printed.
    void watch(const QString &name, const QString &secret);
    /// Also as the base64 of both, as HTTP Basic has it.
    void watchPair(const QString &name, const QString &id, const QString &secret);

    /// The first finding in the bytes, such as "app secret as base64"; empty when there is none.
    QString find(const QByteArray &bytes) const;
    /// The findings in all files under the folder but those whose path holds `except`, and in the
    /// names of the files.
    QStringList findInFiles(const QString &folder, const QString &except) const;

    /// What is looked for, for tests of the search itself.
    struct Form
    {
        QString name{};
        QByteArray bytes{};
    };
    const QList<Form> &forms() const { return m_forms; }

private:
    QList<Form> m_forms{};
};

} // namespace latchkey

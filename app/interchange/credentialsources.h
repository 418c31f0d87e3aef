// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "interchange/foundcredential.h"

#include <QProcessEnvironment>

namespace latchkey {

/// Where to look for the credentials of other tools.
struct SourcePlaces
{
    QString home{};
    QString configFolder{};
    QString workingFolder{};
    QProcessEnvironment environment{};

    static SourcePlaces ofThisProcess();
};

/// A place where credentials lie now: a file, or the environment.
struct CredentialSource
{
    QString title{};
    QString path{}; ///< empty: the environment
};

/// Those of the tools' default places that exist; the environment if it has a pair.
std::vector<CredentialSource> findCredentialSources(const SourcePlaces &places);

/// What a text is written in, by its content; nothing where it is like none of them.
std::optional<CredentialFormat> recogniseFormat(QStringView text);

/// Reads bytes that are not sealed. Without a format it is recognised. Error Invalid: it is none of them, or
/// its form is broken as a whole. No error or problem quotes a value. The name of the file helps to name a
/// pair that has no name in it.
Result<CredentialFile> readCredentials(QByteArrayView bytes, std::optional<CredentialFormat> format = {},
                                       const QString &fileName = {});

/// "env", "json", "postman", "properties", "ini", "csv", "encrypted"
QString formatKey(CredentialFormat format);
std::optional<CredentialFormat> formatFromKey(QStringView key);

} // namespace latchkey

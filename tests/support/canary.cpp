// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/canary.h"

#include <QDirIterator>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QUrl>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

QByteArray utf16(const QString &text)
{
    return QByteArray(reinterpret_cast<const char *>(text.utf16()), text.size() * 2);
}

QByteArray jsonEscaped(const QString &text)
{
    const QByteArray array = QJsonDocument(QJsonArray{text}).toJson(QJsonDocument::Compact);
    return array.sliced(2, array.size() - 4); // without [" and "]
}

/// The characters of a base64 text that depend on the secret alone, where it begins `offset` bytes
/// behind a multiple of three and anything may stand around it.
QByteArray base64At(qsizetype offset, const QByteArray &secret)
{
    const QByteArray text = (QByteArray(offset, ' ') + secret).toBase64(QByteArray::OmitTrailingEquals);
    const qsizetype first = (offset * 8 + 5) / 6;
    const qsizetype last = (offset + secret.size()) * 8 / 6;
    return text.sliced(first, last - first);
}

} // namespace

void Canary::watch(const QString &name, const QString &secret)
{
    const QByteArray bytes = secret.toUtf8();
    Q_ASSERT(bytes.size() >= 8); // a shorter one is found anywhere
    const auto add = [&](const char *how, const QByteArray &form) {
        m_forms.append({name + u" as "_s + QLatin1StringView(how), form});
    };
    add("it is", bytes);
    add("UTF-16", utf16(secret));
    add("percent-encoded", QUrl::toPercentEncoding(secret));
    add("percent-encoded in lower case", QUrl::toPercentEncoding(secret).toLower());
    add("form-encoded", QUrl::toPercentEncoding(secret).replace("%20", "+"));
    add("JSON", jsonEscaped(secret));
    add("JSON in JSON", jsonEscaped(QString::fromUtf8(jsonEscaped(secret))));
    add("hexadecimal digits", bytes.toHex());
    for (qsizetype offset = 0; offset < 3; ++offset) {
        const QByteArray base64 = base64At(offset, bytes);
        add("base64", base64);
        add("base64url", QByteArray(base64).replace('+', '-').replace('/', '_'));
    }
}

void Canary::watchPair(const QString &name, const QString &id, const QString &secret)
{
    watch(name, secret);
    const QByteArray plain = (id + u':' + secret).toUtf8();
    const QByteArray encoded = QUrl::toPercentEncoding(id) + ':' + QUrl::toPercentEncoding(secret);
    m_forms.append({name + u" as Basic"_s, plain.toBase64()});
    m_forms.append({name + u" as encoded Basic"_s, encoded.toBase64()});
}

QString Canary::find(const QByteArray &bytes) const
{
    for (const Form &form : m_forms) {
        if (bytes.contains(form.bytes))
            return form.name;
    }
    return {};
}

QStringList Canary::findInFiles(const QString &folder, const QString &except) const
{
    QStringList findings;
    QDirIterator entries(folder, QDir::Files | QDir::Hidden | QDir::NoSymLinks, QDirIterator::Subdirectories);
    while (entries.hasNext()) {
        const QString path = entries.next();
        if (path.contains(except))
            continue;
        QFile file(path);
        if (!file.open(QIODevice::ReadOnly)) {
            findings.append(path + u": cannot be read"_s);
            continue;
        }
        const QString finding = find(path.toUtf8() + '\n' + file.readAll());
        if (!finding.isEmpty())
            findings.append(path + u": "_s + finding);
    }
    return findings;
}

} // namespace latchkey

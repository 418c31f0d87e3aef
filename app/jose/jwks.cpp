// SPDX-License-Identifier: GPL-3.0-or-later
#include "jose/jwks.h"

#include "core/plaintext.h"
#include "jose/strictjson.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QSet>

#include <algorithm>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kLargestSet = qsizetype{1} << 20;
constexpr qsizetype kMostKeys = 500;
constexpr qsizetype kLongestShown = 100;

QString tr(const char *text)
{
    return QCoreApplication::translate("Jwks", text);
}

tl::unexpected<Error> refused(const QString &message)
{
    return fail(ErrorKind::InvalidInput, message);
}

QString shownId(const QString &kid)
{
    return plainLine(kid.left(kLongestShown));
}

QString labelOf(const QString &kid)
{
    return kid.isEmpty() ? tr("A key without an id") : tr("The key %1").arg(shownId(kid));
}

} // namespace

bool Jwks::knows(const QString &kid) const
{
    const auto isIt = [&kid](const auto &key) { return key.kid == kid; };
    return std::any_of(keys.begin(), keys.end(), isIt) || std::any_of(skipped.begin(), skipped.end(), isIt);
}

QStringList Jwks::notes() const
{
    QStringList notes;
    for (const SkippedKey &key : skipped)
        notes.append(tr("%1 is not used: %2.").arg(labelOf(key.kid), key.reason));
    QSet<QString> seen;
    for (const PublicKey &key : keys) {
        if (key.hadPrivateParts)
            notes.append(tr("%1 was published with its private half. Whoever read it can sign.")
                             .arg(labelOf(key.kid)));
        if (!key.kid.isEmpty() && seen.contains(key.kid))
            notes.append(tr("Several keys have the id %1.").arg(shownId(key.kid)));
        seen.insert(key.kid);
    }
    return notes;
}

Result<Jwks> parseJwks(const QByteArray &json)
{
    if (json.size() > kLargestSet)
        return refused(tr("The key set is larger than 1 MiB."));
    const Result<QJsonObject> document = strictObject(json, tr("key set"));
    if (!document)
        return fail(document.error());
    const QJsonValue list = document->value("keys"_L1);
    if (!list.isArray())
        return refused(tr("The key set has no list of keys."));
    const QJsonArray array = list.toArray();
    if (array.size() > kMostKeys)
        return refused(tr("The key set has %1 keys, and %2 is the most.").arg(array.size()).arg(kMostKeys));
    Jwks set;
    for (const QJsonValue each : array) {
        Result<PublicKey> key = each.isObject()
                                    ? readPublicKey(each.toObject())
                                    : fail(ErrorKind::InvalidInput, tr("it is not a JSON object"));
        if (key)
            set.keys.push_back(std::move(*key));
        else
            set.skipped.push_back({each.toObject().value("kid"_L1).toString(), key.error().message});
    }
    return set;
}

} // namespace latchkey

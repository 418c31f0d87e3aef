// SPDX-License-Identifier: GPL-3.0-or-later
#include "jose/strictjson.h"

#include "core/plaintext.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>
#include <deque>
#include <optional>
#include <vector>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

tl::unexpected<Error> refused(const QString &message, const QString &detail = {})
{
    return fail(ErrorKind::InvalidInput, message, detail);
}

/// Walks text that QJsonDocument has accepted, so its grammar is known to be right, and looks only
/// at what QJsonDocument does not tell: whether a name occurs twice in one object.
class DuplicateFinder
{
public:
    explicit DuplicateFinder(const QByteArray &json)
        : m_json(json)
    {
    }

    std::optional<QString> find()
    {
        while (m_at < m_json.size()) {
            const char c = m_json[m_at];
            if (c == '"') {
                const QByteArrayView text = takeString();
                if (isName())
                    m_scopes.back().names.push_back(nameOf(text));
                continue;
            }
            if (c == '{' || c == '[') {
                m_scopes.push_back({c == '{', {}});
            } else if (c == '}' || c == ']') {
                if (const std::optional<QByteArrayView> name = duplicateOf(m_scopes.back().names))
                    return QString::fromUtf8(*name);
                m_scopes.pop_back();
            }
            ++m_at;
        }
        return std::nullopt;
    }

private:
    struct Scope
    {
        bool isObject = false;
        std::vector<QByteArrayView> names{};
    };

    static std::optional<QByteArrayView> duplicateOf(std::vector<QByteArrayView> &names)
    {
        std::sort(names.begin(), names.end());
        const auto found = std::adjacent_find(names.begin(), names.end());
        return found == names.end() ? std::nullopt : std::optional(*found);
    }

    // Escapes count: {"a":1,"\u0061":2} has one name twice.
    QByteArrayView nameOf(QByteArrayView text)
    {
        if (!text.contains('\\'))
            return text;
        const QString name =
            QJsonDocument::fromJson("[\"" + text.toByteArray() + "\"]").array().at(0).toString();
        m_unescaped.push_back(name.toUtf8());
        return m_unescaped.back();
    }

    QByteArrayView takeString()
    {
        const qsizetype start = ++m_at;
        while (m_at < m_json.size() && m_json[m_at] != '"')
            m_at += m_json[m_at] == '\\' ? 2 : 1;
        const QByteArrayView text = m_json.sliced(start, m_at - start);
        ++m_at;
        return text;
    }

    bool isName() const
    {
        if (m_scopes.empty() || !m_scopes.back().isObject)
            return false;
        qsizetype next = m_at;
        while (next < m_json.size() && QByteArrayView(" \t\r\n").contains(m_json[next]))
            ++next;
        return next < m_json.size() && m_json[next] == ':';
    }

    QByteArrayView m_json;
    qsizetype m_at = 0;
    std::vector<Scope> m_scopes{};
    std::deque<QByteArray> m_unescaped{}; ///< what some names point to
};

} // namespace

std::optional<QString> repeatedName(const QByteArray &json)
{
    return DuplicateFinder(json).find();
}

Result<QJsonObject> strictObject(const QByteArray &json, const QString &place)
{
    if (json.startsWith("\xEF\xBB\xBF"))
        return refused(
            QCoreApplication::translate("StrictJson", "The %1 starts with a byte order mark.").arg(place));
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(json, &error);
    if (error.error != QJsonParseError::NoError)
        return refused(QCoreApplication::translate("StrictJson", "The %1 is not valid JSON.").arg(place),
                       u"%1 at byte %2 of %3"_s.arg(error.errorString()).arg(error.offset).arg(json.size()));
    if (!document.isObject())
        return refused(QCoreApplication::translate("StrictJson", "The %1 is not a JSON object.").arg(place));
    if (const std::optional<QString> name = repeatedName(json))
        return refused(QCoreApplication::translate("StrictJson", "The %1 has a member twice.").arg(place),
                       u"\"%1\""_s.arg(plainLine(name->left(60))));
    return document.object();
}

} // namespace latchkey

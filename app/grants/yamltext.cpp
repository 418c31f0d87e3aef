// SPDX-License-Identifier: GPL-3.0-or-later
#include "grants/yamltext.h"

#include "core/plaintext.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonObject>
#include <QRegularExpression>

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/parser.h>

#include <sstream>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

constexpr size_t kDeepest = 8;
constexpr qsizetype kMostMembers = 100; ///< of one mapping; an insert moves all that follow

QString tr(const char *text)
{
    return QCoreApplication::translate("Yaml", text);
}

/// Builds the value from the parser's events: what a tree of nodes hides (aliases, keys that stand
/// twice) is seen here.
class Builder final : public YAML::EventHandler
{
public:
    YamlText text{};

    void OnDocumentStart(const YAML::Mark &) override {}
    void OnDocumentEnd() override {}
    void OnNull(const YAML::Mark &mark, YAML::anchor_t anchor) override
    {
        add(mark, {}, anchor, QJsonValue());
    }
    void OnAlias(const YAML::Mark &mark, YAML::anchor_t) override
    {
        refuse(mark, "aliases are not read here");
    }
    void OnScalar(const YAML::Mark &mark, const std::string &tag, YAML::anchor_t anchor,
                  const std::string &value) override
    {
        add(mark, tag, anchor, QString::fromStdString(value));
    }
    void OnSequenceStart(const YAML::Mark &mark, const std::string &tag, YAML::anchor_t anchor,
                         YAML::EmitterStyle::value) override
    {
        open(mark, tag, anchor, false);
    }
    void OnSequenceEnd() override { close(); }
    void OnMapStart(const YAML::Mark &mark, const std::string &tag, YAML::anchor_t anchor,
                    YAML::EmitterStyle::value) override
    {
        open(mark, tag, anchor, true);
    }
    void OnMapEnd() override { close(); }

private:
    struct Level
    {
        bool isMap = false;
        QString path{};
        QString key{};
        bool hasKey = false;
        QJsonObject object{};
        QJsonArray array{};
    };

    [[noreturn]] static void refuse(const YAML::Mark &mark, const char *why)
    {
        throw YAML::ParserException(mark, why);
    }

    static void check(const YAML::Mark &mark, const std::string &tag, YAML::anchor_t anchor)
    {
        if (anchor != 0)
            refuse(mark, "anchors are not read here");
        // "?" stands for none on a plain value, "!" for none on a quoted one.
        if (!tag.empty() && tag != "?" && tag != "!")
            refuse(mark, "tags are not read here");
    }

    /// Where the next value goes.
    QString nextPath() const
    {
        if (m_levels.empty())
            return {};
        const Level &level = m_levels.back();
        if (!level.isMap)
            return u"%1[%2]"_s.arg(level.path).arg(level.array.size());
        return level.path.isEmpty() ? level.key : level.path + u'.' + level.key;
    }

    /// The path of the next value; what has a key stands where its key does.
    QString placed(const YAML::Mark &mark)
    {
        const QString path = nextPath();
        if (!text.lines.contains(path))
            text.lines.insert(path, mark.line + 1);
        return path;
    }

    bool isKeyNext() const { return !m_levels.empty() && m_levels.back().isMap && !m_levels.back().hasKey; }

    void open(const YAML::Mark &mark, const std::string &tag, YAML::anchor_t anchor, bool isMap)
    {
        check(mark, tag, anchor);
        if (isKeyNext())
            refuse(mark, "a key must be a text");
        if (m_levels.size() == kDeepest)
            refuse(mark, "this is nested too deep");
        m_levels.push_back({.isMap = isMap, .path = placed(mark)});
    }

    void close()
    {
        const Level level = std::move(m_levels.back());
        m_levels.pop_back();
        put(level.isMap ? QJsonValue(level.object) : QJsonValue(level.array));
    }

    void add(const YAML::Mark &mark, const std::string &tag, YAML::anchor_t anchor, const QJsonValue &value)
    {
        check(mark, tag, anchor);
        if (!isKeyNext()) {
            placed(mark);
            return put(value);
        }
        Level &level = m_levels.back();
        if (!value.isString())
            refuse(mark, "a key must be a text");
        level.key = value.toString();
        level.hasKey = true;
        if (level.object.contains(level.key))
            refuse(mark, "this key stands here twice");
        if (level.object.size() == kMostMembers)
            refuse(mark, "this mapping has more than 100 members");
        placed(mark);
    }

    void put(const QJsonValue &value)
    {
        if (m_levels.empty()) {
            text.value = value;
            return;
        }
        Level &level = m_levels.back();
        if (level.isMap)
            level.object.insert(level.key, value);
        else
            level.array.append(value);
        level.hasKey = false;
    }

    std::vector<Level> m_levels;
};

/// In double quotes. Half a surrogate pair is no character there.
QString escaped(char32_t character)
{
    if (QChar::isSurrogate(character))
        character = QChar::ReplacementCharacter;
    return character > 0xffff ? u"\\U%1"_s.arg(uint{character}, 8, 16, QChar(u'0'))
                              : u"\\u%1"_s.arg(uint{character}, 4, 16, QChar(u'0'));
}

} // namespace

Result<YamlText> parseYaml(const QString &text)
{
    try {
        std::istringstream stream(text.toStdString());
        YAML::Parser parser(stream);
        Builder builder;
        if (!parser.HandleNextDocument(builder))
            return fail(ErrorKind::InvalidInput, tr("There is nothing in it."));
        Builder further;
        if (parser.HandleNextDocument(further))
            return fail(ErrorKind::InvalidInput, tr("There is more than one document in it."));
        return std::move(builder.text);
    } catch (const YAML::Exception &exception) {
        return fail(ErrorKind::InvalidInput, tr("Line %1, column %2: %3.")
                                                 .arg(exception.mark.line + 1)
                                                 .arg(exception.mark.column + 1)
                                                 .arg(QString::fromStdString(exception.msg)));
    }
}

QByteArray yamlScalar(const QString &text)
{
    // Plain only where no reader, of YAML 1.1 either, can take it for anything but a string.
    static const QRegularExpression plain(
        u"\\A(?!(?:true|false|yes|no|on|off|null|y|n)\\z)[A-Za-z](?:[\\w ./:-]*[\\w/])?\\z"_s,
        QRegularExpression::CaseInsensitiveOption);
    if (plain.match(text).hasMatch() && !text.contains(": "_L1))
        return text.toLatin1();
    QString quoted;
    for (const char32_t character : text.toUcs4()) {
        if (character == U'"' || character == U'\\')
            quoted += u'\\';
        quoted +=
            isPrintable(character) ? QStringView(QChar::fromUcs4(character)).toString() : escaped(character);
    }
    return '"' + quoted.toUtf8() + '"';
}

} // namespace latchkey

// SPDX-License-Identifier: GPL-3.0-or-later
#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QSet>
#include <QTest>

using namespace Qt::StringLiterals;

/// The manual pages say what the programs say of themselves.
class TestManPages : public QObject
{
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void nameTheOptionsOfTheProgram_data();
    void nameTheOptionsOfTheProgram();
    void nameTheVerbsOfTheCommandLine();
    void nameTheOptionsOfEachVerb();

private:
    static QString help(const QString &program, const QStringList &words = {})
    {
        QProcess process;
        process.start(qEnvironmentVariable("LATCHKEY_BIN") + u'/' + program,
                      words + QStringList{u"--help"_s});
        process.waitForFinished();
        return QString::fromUtf8(process.readAllStandardOutput());
    }
    static QString page(const QString &program)
    {
        QFile file(u"" LATCHKEY_MAN_FOLDER "/%1.1"_s.arg(program));
        return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()).remove(u'\\') : QString();
    }
    static QStringList verbs()
    {
        QStringList verbs;
        const QString text = help(u"latchkey-cli"_s).section(u"Verbs:\n"_s, 1).section(u"\n\n"_s, 0, 0);
        for (const QString &line : text.split(u'\n'))
            verbs.append(line.mid(2, 26).section(u"  "_s, 0, 0).trimmed());
        return verbs;
    }
    /// Of a verb as verbs() has it, with its arguments.
    static QString helpOn(const QString &verb)
    {
        return help(u"latchkey-cli"_s, verb.split(u' ').first(verb.startsWith("explain"_L1) ? 1 : 2));
    }
    static QSet<QString> options(const QString &text)
    {
        static const QRegularExpression option(u"--[a-z][a-z-]*"_s);
        QSet<QString> found;
        for (const QRegularExpressionMatch &match : option.globalMatch(text))
            found.insert(match.captured());
        return found;
    }
};

void TestManPages::nameTheOptionsOfTheProgram_data()
{
    QTest::addColumn<QString>("program");
    for (const char *program : {"latchkey", "latchkey-cli", "latchkey-sandbox"})
        QTest::newRow(program) << QString::fromLatin1(program);
}

void TestManPages::nameTheOptionsOfTheProgram()
{
    QFETCH(QString, program);
    QString text = help(program);
    if (program == "latchkey-cli"_L1) {
        for (const QString &verb : verbs())
            text += helpOn(verb);
    }
    const QSet<QString> inHelp = options(text);
    const QSet<QString> inPage = options(page(program));
    QVERIFY(inHelp.size() >= 4);
    QCOMPARE((inHelp - inPage).values(), QStringList());
    QCOMPARE((inPage - inHelp).values(), QStringList());
}

void TestManPages::nameTheVerbsOfTheCommandLine()
{
    const QString page = TestManPages::page(u"latchkey-cli"_s);
    const QString list = page.section(u".nf\n"_s, 1).section(u".fi\n"_s, 0, 0);
    QCOMPARE(verbs().size(),
             list.count(QRegularExpression(u"^[a-z]"_s, QRegularExpression::MultilineOption)));
    for (const QString &verb : verbs())
        QVERIFY2(list.contains(u'\n' + verb) || list.startsWith(verb), qPrintable(verb));
}

void TestManPages::nameTheOptionsOfEachVerb()
{
    const QString page = TestManPages::page(u"latchkey-cli"_s);
    const QString list = u'\n' + page.section(u".nf\n"_s, 1).section(u".fi\n"_s, 0, 0);
    static const QRegularExpression nextVerb(u"\\n(?=[a-z])"_s);
    const QStringList entries = list.split(nextVerb, Qt::SkipEmptyParts);
    const QStringList all = verbs();
    QCOMPARE(entries.size(), all.size());
    for (qsizetype i = 0; i < entries.size(); ++i) {
        const QString &verb = all.at(i);
        QVERIFY2(entries.at(i).startsWith(verb.section(u' ', 0, verb.startsWith("explain"_L1) ? 0 : 1)),
                 qPrintable(verb + u" stands where there is: "_s + entries.at(i)));
        const QString text = helpOn(verb);
        const QSet<QString> common = options(text.section(u"Common options:"_s, 1));
        const QSet<QString> own = options(text.section(u"Options:\n"_s, 1).section(u"\n\n"_s, 0, 0)) - common;
        // A description may name another option: only what begins a line is one.
        QSet<QString> inHelp;
        for (const QString &option : own) {
            if (text.contains(u"\n  "_s + option))
                inHelp.insert(option);
        }
        QCOMPARE((inHelp - options(entries.at(i))).values(), QStringList());
        QCOMPARE((options(entries.at(i)) - common - inHelp).values(), QStringList());
    }
}

QTEST_GUILESS_MAIN(TestManPages)
#include "tst_manpages.moc"

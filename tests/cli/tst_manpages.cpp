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
            text += help(program, verb.split(u' ').first(verb.startsWith("explain"_L1) ? 1 : 2));
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

QTEST_GUILESS_MAIN(TestManPages)
#include "tst_manpages.moc"

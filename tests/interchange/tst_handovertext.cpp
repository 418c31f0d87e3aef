// SPDX-License-Identifier: GPL-3.0-or-later
#include "interchange/credentialsources.h"
#include "interchange/handovertext.h"
#include "support/qtest_result.h"

#include <QProcess>
#include <QRegularExpression>
#include <QTest>

using namespace latchkey;
using namespace Qt::StringLiterals;

/// A pair as other programs take it.
class TestHandoverText : public QObject
{
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void shellsReadTheEnvironmentLines();
    void whatIsHandedOverCanBeImported();
};

void TestHandoverText::shellsReadTheEnvironmentLines()
{
    const QString awkward = u"it's $HOME `x` \"y\" \\z"_s;
    const Secret lines =
        environmentLines(QUrl(u"https://acme.example"_s), u"id"_s, Secret::fromText(awkward));
    QProcess shell;
    shell.start(u"sh"_s, {u"-c"_s, lines.revealed() + u"printf %s \"$ONELOGIN_CLIENT_SECRET\""_s});
    QVERIFY(shell.waitForFinished());
    QCOMPARE(QString::fromUtf8(shell.readAllStandardOutput()), awkward);
}

void TestHandoverText::whatIsHandedOverCanBeImported()
{
    const Secret secret = Secret::fromText(u"fakesecret-0001"_s);
    for (const Secret &text :
         {environmentLines(QUrl(u"https://acme.example.com"_s), u"fakeid-0001"_s, secret),
          sdkJson(u"fakeid-0001"_s, secret)}) {
        const Result<CredentialFile> read = readCredentials(text.bytes());
        QVERIFY_OK(read);
        QVERIFY(read->problems.empty());
        QCOMPARE(read->credentials.size(), 1u);
        QCOMPARE(read->credentials[0].clientId, u"fakeid-0001"_s);
        QVERIFY(read->credentials[0].clientSecret == secret);
    }
}

QTEST_GUILESS_MAIN(TestHandoverText)
#include "tst_handovertext.moc"

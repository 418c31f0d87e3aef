// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/credentialtext.h"

#include <QRegularExpression>
#include <QTest>

using namespace latchkey;
using namespace Qt::StringLiterals;

class TestCredentialText : public QObject
{
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void checksBothHalvesOfAPair()
    {
        QVERIFY(checkClientId(u"0123abcd").has_value());
        QCOMPARE(checkClientId(u"").error().message, u"The client ID is empty."_s);
        QVERIFY(
            checkClientId(u"a\u00a0").error().message.startsWith(u"The client ID cannot be used. Char"_s));
        QVERIFY(checkClientSecret(Secret::copyOf("s3cret")).has_value());
        QCOMPARE(checkClientSecret(Secret()).error().kind, ErrorKind::InvalidInput);
        QVERIFY(!checkClientSecret(Secret::copyOf("\xff\xfe")).has_value());
    }

    void pointsOutWhatIsNotPrintableAscii_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("says");
        QTest::newRow("all printable") << u" !\"#$%&'()*+,-./09:;<=>?@AZ[\\]^_`az{|}~"_s << QString();
        QTest::newRow("no-break space first")
            << u"\u00a0a"_s << u"Character 1 is a no-break space (U+00A0)"_s;
        QTest::newRow("tab") << u"ab\tc"_s << u"Character 3 is a tab (U+0009)"_s;
        QTest::newRow("carriage return") << u"ab\r\n"_s << u"Character 3 is a line end (U+000D)"_s;
        QTest::newRow("zero width") << u"a\u200bb"_s << u"Character 2 is invisible (U+200B)"_s;
        QTest::newRow("byte order mark") << u"\ufeffa"_s << u"Character 1 is invisible (U+FEFF)"_s;
        QTest::newRow("umlaut") << u"aü"_s << u"Character 2 is not allowed (U+00FC)"_s;
        QTest::newRow("beyond 16 bits")
            << u"a\U0001F511b\u00a0"_s << u"Character 2 is not allowed (U+1F511)"_s;
        QTest::newRow("DEL") << u"\u007f"_s << u"Character 1 is not allowed (U+007F)"_s;
    }
    void pointsOutWhatIsNotPrintableAscii()
    {
        QFETCH(QString, text);
        QFETCH(QString, says);
        const QString problem = credentialTextProblem(text);
        QCOMPARE(problem.isEmpty(), says.isEmpty());
        QVERIFY2(problem.startsWith(says), qPrintable(problem));
    }
};

QTEST_GUILESS_MAIN(TestCredentialText)
#include "tst_credentialtext.moc"

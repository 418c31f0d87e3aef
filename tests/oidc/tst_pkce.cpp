// SPDX-License-Identifier: GPL-3.0-or-later
#include "oidc/pkce.h"

#include <QRegularExpression>
#include <QSet>
#include <QTest>

using namespace latchkey;
using namespace Qt::StringLiterals;

class TestPkce : public QObject
{
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void hashesTheVerifierOfTheStandard();
    void makesVerifiersThatTheStandardAllows();
};

// RFC 7636 appendix B
void TestPkce::hashesTheVerifierOfTheStandard()
{
    QCOMPARE(codeChallenge(Secret::copyOf("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")),
             u"E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"_s);
}

void TestPkce::makesVerifiersThatTheStandardAllows()
{
    static const QRegularExpression unreserved(u"^[A-Za-z0-9_-]{43}$"_s);
    QSet<QString> seen;
    for (int i = 0; i < 1000; ++i) {
        const QString text = unguessableText().revealed();
        QVERIFY2(unreserved.match(text).hasMatch(), qPrintable(text));
        seen.insert(text);
    }
    QCOMPARE(seen.size(), 1000);
}

QTEST_GUILESS_MAIN(TestPkce)
#include "tst_pkce.moc"

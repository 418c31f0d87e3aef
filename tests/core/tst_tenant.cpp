// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tenant.h"
#include "support/qtest_result.h"

#include <QTest>

using namespace latchkey;
using namespace Qt::StringLiterals;

class TestTenant : public QObject
{
    Q_OBJECT

private slots:
    void readsWhatAPersonTypes_data();
    void readsWhatAPersonTypes();
    void refusesUnsafeAddresses_data();
    void refusesUnsafeAddresses();
    void issuerIsBelowTheBase();
};

void TestTenant::readsWhatAPersonTypes_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("url");
    QTest::newRow("subdomain") << u"acme"_s << u"https://acme.onelogin.com"_s;
    QTest::newRow("host") << u" acme.onelogin.com "_s << u"https://acme.onelogin.com"_s;
    QTest::newRow("address") << u"https://acme.onelogin.com/"_s << u"https://acme.onelogin.com"_s;
    QTest::newRow("page") << u"https://acme.onelogin.com/admin2?x=1#y"_s << u"https://acme.onelogin.com"_s;
    QTest::newRow("own domain") << u"login.example.com"_s << u"https://login.example.com"_s;
    QTest::newRow("default port") << u"https://ACME.onelogin.com:443"_s << u"https://acme.onelogin.com"_s;
    QTest::newRow("default port of loopback") << u"http://127.0.0.1:80"_s << u"http://127.0.0.1"_s;
    QTest::newRow("other port") << u"https://acme.onelogin.com:80"_s << u"https://acme.onelogin.com:80"_s;
    QTest::newRow("loopback") << u"http://127.0.0.1:8080"_s << u"http://127.0.0.1:8080"_s;
    QTest::newRow("loopback 6") << u"http://[::1]:8080/x"_s << u"http://[::1]:8080"_s;
}

void TestTenant::readsWhatAPersonTypes()
{
    QFETCH(QString, text);
    QFETCH(QString, url);
    const auto address = parseTenantAddress(text);
    QVERIFY_OK(address);
    QCOMPARE(address->toString(), url);
}

void TestTenant::refusesUnsafeAddresses_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("empty") << u"  "_s;
    QTest::newRow("plain http") << u"http://acme.onelogin.com"_s;
    QTest::newRow("loopback look-alike") << u"http://127.0.0.1.example.com"_s;
    QTest::newRow("a name for loopback") << u"http://localhost:8080"_s;
    QTest::newRow("user info") << u"https://name:word@acme.onelogin.com"_s;
    QTest::newRow("other scheme") << u"ftp://acme.onelogin.com"_s;
    QTest::newRow("spaces inside") << u"acme corp"_s;
}

void TestTenant::refusesUnsafeAddresses()
{
    QFETCH(QString, text);
    const auto address = parseTenantAddress(text);
    QVERIFY(!address.has_value());
    QCOMPARE(address.error().kind, ErrorKind::InvalidInput);
    QVERIFY(!address.error().message.isEmpty());
}

void TestTenant::issuerIsBelowTheBase()
{
    const Tenant tenant{.baseUrl = QUrl(u"http://127.0.0.1:8080"_s)};
    QCOMPARE(tenant.issuer().toString(), u"http://127.0.0.1:8080/oidc/2"_s);
    QCOMPARE(tenant.host(), u"127.0.0.1:8080"_s);
}

QTEST_GUILESS_MAIN(TestTenant)
#include "tst_tenant.moc"

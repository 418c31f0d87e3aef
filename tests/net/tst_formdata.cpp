// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/formdata.h"

#include <QRegularExpression>
#include <QTest>

using namespace latchkey;
using namespace Qt::StringLiterals;

namespace {

/// What a server makes of it: plus is a space, then percent-decoding.
QString decoded(QByteArray text)
{
    return QString::fromUtf8(QByteArray::fromPercentEncoding(text.replace('+', ' ')));
}

} // namespace

class FormDataTest : public QObject
{
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void encodesWhatTheStandardsExampleEncodes();
    void everyValueComesOutAsItWentIn_data();
    void everyValueComesOutAsItWentIn();
    void leavesEmptyValuesOut();
    void encodesBothHalvesOfBasic();
};

void FormDataTest::encodesWhatTheStandardsExampleEncodes()
{
    // RFC 6749 appendix B: U+0020 U+0025 U+0026 U+002B U+00A3 U+20AC.
    QCOMPARE(formEncoded(u" %&+£€"_s.toUtf8()), "+%25%26%2B%C2%A3%E2%82%AC"_ba);
}

void FormDataTest::everyValueComesOutAsItWentIn_data()
{
    QTest::addColumn<QString>("value");
    QTest::newRow("plus, percent, space, colon, accent") << u"a+b%2B c:é"_s;
    QTest::newRow("ampersand and equals") << u"a&b=c"_s;
    QTest::newRow("unreserved") << u"AZaz09-._~"_s;
    QTest::newRow("line ends and NUL") << u"a\r\nb"_s + QChar(0) + u"c"_s;
    QTest::newRow("beyond the basic plane") << u"🔑"_s;
    QTest::newRow("already encoded") << u"%252B"_s;
}

void FormDataTest::everyValueComesOutAsItWentIn()
{
    QFETCH(QString, value);
    FormData form;
    form.add(u"first"_s, u"1"_s);
    form.add(u"secret"_s, Secret::fromText(value));
    const QList<QByteArray> parts = form.encoded().bytes().toByteArray().split('&');
    QCOMPARE(parts.size(), 2);
    QCOMPARE(parts.at(0), "first=1"_ba);
    QCOMPARE(parts.at(1).first(7), "secret="_ba);
    QCOMPARE(decoded(parts.at(1).sliced(7)), value);
}

void FormDataTest::leavesEmptyValuesOut()
{
    FormData form;
    form.add(u"scope"_s, QString());
    form.add(u"password"_s, Secret());
    QVERIFY(form.encoded().isEmpty());
}

void FormDataTest::encodesBothHalvesOfBasic()
{
    const Secret header = basicAuthorization(u"odd client:1"_s, Secret::fromText(u"a+b%2B c:é"_s));
    const QByteArray value = header.bytes().toByteArray();
    QVERIFY(value.startsWith("Basic "));
    const QList<QByteArray> halves = QByteArray::fromBase64(value.sliced(6)).split(':');
    QCOMPARE(halves.size(), 2);
    QCOMPARE(decoded(halves.at(0)), u"odd client:1"_s);
    QCOMPARE(decoded(halves.at(1)), u"a+b%2B c:é"_s);
}

QTEST_GUILESS_MAIN(FormDataTest)
#include "tst_formdata.moc"

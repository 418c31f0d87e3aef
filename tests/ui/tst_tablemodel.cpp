// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/tablemodel.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace latchkey;
using namespace Qt::StringLiterals;

namespace {

struct Thing
{
    int id = 0;
    QString name{};
};

std::vector<Column<Thing>> columns()
{
    return {
        {.title = u"Name"_s,
         .text = [](const Thing &thing) { return thing.name; },
         .glyph =
             [](const Thing &thing) { return thing.id > 1 ? std::optional(Icon::Success) : std::nullopt; },
         .tone = [](const Thing &) { return Tone::Ok; },
         .subtitle = [](const Thing &thing) { return QString::number(thing.id); }},
        {.title = u"Number"_s,
         .text = [](const Thing &thing) { return QString::number(thing.id); },
         .sortKey = [](const Thing &thing) { return QVariant(thing.id); },
         .alignment = Qt::AlignTrailing | Qt::AlignVCenter,
         .accessibleText = [](const Thing &thing) { return u"number %1"_s.arg(thing.id); }}};
}

QVariant idOf(const Thing &thing)
{
    return thing.id;
}

} // namespace

class TestTableModel : public QObject
{
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void satisfiesTheModelTester();
    void answersFromItsColumns();
    void sameIdsChangeDataWithoutAReset();
    void otherIdsReset();
    void findsRowsById();
};

void TestTableModel::satisfiesTheModelTester()
{
    TableModel<Thing> model(columns(), idOf);
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setRecords({{1, u"one"_s}, {2, u"two"_s}});
    model.setRecords({{1, u"one"_s}, {2, u"changed"_s}});
    model.setRecords({});
    QCOMPARE(model.rowCount(), 0);
}

void TestTableModel::answersFromItsColumns()
{
    TableModel<Thing> model(columns(), idOf);
    model.setRecords({{1, u"one"_s}, {2, u"two"_s}});
    QCOMPARE(model.index(1, 0).data().toString(), u"two"_s);
    QCOMPARE(model.index(1, 0).data(GlyphRole).toInt(), static_cast<int>(Icon::Success));
    QVERIFY(!model.index(0, 0).data(GlyphRole).isValid());
    QCOMPARE(model.index(1, 0).data(SubtitleRole).toString(), u"2"_s);
    QCOMPARE(model.index(1, 1).data(SortRole), QVariant(2));
    QCOMPARE(model.index(1, 0).data(SortRole), QVariant(u"two"_s));
    QCOMPARE(model.index(0, 1).data(Qt::AccessibleTextRole).toString(), u"number 1"_s);
    QCOMPARE(model.headerData(1, Qt::Horizontal, Qt::DisplayRole).toString(), u"Number"_s);
    QVERIFY(!model.index(0, 1).data(ToneRole).isValid());
}

void TestTableModel::sameIdsChangeDataWithoutAReset()
{
    TableModel<Thing> model(columns(), idOf);
    model.setRecords({{1, u"one"_s}, {2, u"two"_s}});
    QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    const QPersistentModelIndex kept = model.index(1, 0);
    model.setRecords({{1, u"one"_s}, {2, u"deux"_s}});
    QCOMPARE(reset.count(), 0);
    QCOMPARE(changed.count(), 1);
    QCOMPARE(kept.data().toString(), u"deux"_s);
}

void TestTableModel::otherIdsReset()
{
    TableModel<Thing> model(columns(), idOf);
    model.setRecords({{1, u"one"_s}, {2, u"two"_s}});
    QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
    model.setRecords({{2, u"two"_s}, {1, u"one"_s}});
    QCOMPARE(reset.count(), 1);
}

void TestTableModel::findsRowsById()
{
    TableModel<Thing> model(columns(), idOf);
    model.setRecords({{7, u"seven"_s}, {2, u"two"_s}});
    QCOMPARE(model.rowOf(2), 1);
    QCOMPARE(model.rowOf(3), -1);
    QCOMPARE(model.idOf(0), QVariant(7));
    QVERIFY(!model.record(2));
    QCOMPARE(model.record(1)->name, u"two"_s);
}

QTEST_GUILESS_MAIN(TestTableModel)
#include "tst_tablemodel.moc"

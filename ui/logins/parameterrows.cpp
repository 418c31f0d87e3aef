// SPDX-License-Identifier: GPL-3.0-or-later
#include "logins/parameterrows.h"

#include "style/buttonrole.h"
#include "style/metrics.h"
#include "style/typography.h"
#include "widgets/fold.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QToolButton>

#include <algorithm>

namespace latchkey {

using namespace Qt::StringLiterals;

ParameterRows::ParameterRows(QWidget *parent)
    : QWidget(parent)
    , m_fold(new Fold(tr("Extra parameters"), u"extraParameters"_s))
{
    QPushButton *add = makeButton(Icon::Plus, tr("Add parameter"));
    add->setObjectName(u"addParameter"_s);
    setSmall(add);
    m_rowColumn = new QVBoxLayout;
    m_rowColumn->setSpacing(metrics::space8);
    m_fold->body()->addLayout(m_rowColumn);
    m_fold->body()->addWidget(add, 0, Qt::AlignLeading);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->addWidget(m_fold);

    connect(m_fold, &Fold::toggled, this, [this](bool open) {
        if (open && m_rows.isEmpty())
            addRow();
    });
    connect(add, &QPushButton::clicked, this, [this] {
        addRow();
        m_rows.last().name->setFocus();
    });
}

QList<std::pair<QString, QString>> ParameterRows::parameters() const
{
    QList<std::pair<QString, QString>> parameters;
    for (const Row &row : m_rows) {
        if (const QString name = row.name->text().trimmed(); !name.isEmpty())
            parameters.append({name, row.value->text()});
    }
    return parameters;
}

void ParameterRows::setParameters(const QList<std::pair<QString, QString>> &parameters)
{
    while (!m_rows.isEmpty())
        removeRow(m_rows.last().widget);
    for (const auto &[name, value] : parameters)
        addRow(name, value);
    m_fold->setOpen(!parameters.isEmpty());
}

void ParameterRows::unfold()
{
    m_fold->setOpen(true);
    if (m_rows.isEmpty())
        addRow();
    m_rows.first().name->setFocus();
}

void ParameterRows::addRow(const QString &name, const QString &value)
{
    Row row{new QWidget, new QLineEdit(name), new QLineEdit(value)};
    for (QLineEdit *edit : {row.name, row.value}) {
        setTextStyle(edit, TextStyle::Fixed);
        connect(edit, &QLineEdit::textChanged, this, &ParameterRows::changed);
        connect(edit, &QLineEdit::textChanged, this, &ParameterRows::updateHead);
    }
    row.name->setObjectName(u"parameterName"_s);
    row.value->setObjectName(u"parameterValue"_s);
    row.name->setPlaceholderText(tr("Name"));
    row.name->setAccessibleName(tr("Parameter name"));
    row.value->setPlaceholderText(tr("Value"));
    row.value->setAccessibleName(tr("Parameter value"));
    QToolButton *remove = makeToolButton(Icon::Close, tr("Remove this parameter"));
    remove->setObjectName(u"removeParameter"_s);
    auto *line = new QHBoxLayout(row.widget);
    line->setContentsMargins({});
    line->setSpacing(metrics::space4);
    line->addWidget(row.name, 2);
    line->addWidget(row.value, 3);
    line->addWidget(remove);
    m_rowColumn->addWidget(row.widget);
    connect(remove, &QToolButton::clicked, this, [this, widget = row.widget] { removeRow(widget); });
    m_rows.append(row);
    updateHead();
}

void ParameterRows::removeRow(const QWidget *widget)
{
    const auto found =
        std::find_if(m_rows.begin(), m_rows.end(), [widget](const Row &row) { return row.widget == widget; });
    found->widget->hide();
    found->widget->deleteLater(); // its own button may be what called
    m_rows.erase(found);
    updateHead();
    emit changed();
}

void ParameterRows::updateHead()
{
    m_fold->setCount(static_cast<int>(parameters().size()));
}

} // namespace latchkey

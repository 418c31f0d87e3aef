// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/formcolumn.h"

#include "style/metrics.h"
#include "widgets/formfield.h"

#include <QVBoxLayout>

namespace latchkey {

FormColumn::FormColumn(QWidget *parent)
    : QWidget(parent)
    , m_column(new QVBoxLayout(this))
{
    m_column->setContentsMargins({});
    m_column->setSpacing(metrics::fieldToField);
}

FormField *FormColumn::addField(const QString &label, QWidget *field, const QString &help)
{
    auto *form = new FormField(label, field);
    form->setHelp(help);
    m_column->addWidget(form);
    return form;
}

} // namespace latchkey

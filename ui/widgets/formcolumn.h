// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QVBoxLayout;

namespace latchkey {

class FormField;

/// Fields below each other, as far apart as the fields of every form are.
class FormColumn : public QWidget
{
    Q_OBJECT

public:
    explicit FormColumn(QWidget *parent = nullptr);

    /// Takes ownership of the field.
    FormField *addField(const QString &label, QWidget *field, const QString &help = {});
    QVBoxLayout *column() const { return m_column; }

private:
    QVBoxLayout *m_column = nullptr;
};

} // namespace latchkey

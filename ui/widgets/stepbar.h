// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>
#include <QWidget>

#include <vector>

namespace latchkey {

class Glyph;
class Label;

/// The steps of a guided dialog: those done have a check, the current one is bold.
class StepBar final : public QWidget
{
    Q_OBJECT

public:
    explicit StepBar(const QStringList &steps, QWidget *parent = nullptr);

    void setCurrent(int step);
    int current() const { return m_current; }

private:
    struct Step
    {
        Glyph *done = nullptr;
        Label *text = nullptr;
    };

    QStringList m_names;
    std::vector<Step> m_steps;
    int m_current = 0;
};

} // namespace latchkey

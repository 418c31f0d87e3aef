// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QComboBox>

namespace latchkey {

class ServerListModel;

/// A choice of authorization servers, each with the count of its pending changes as in the list.
class ServerCombo final : public QComboBox
{
    Q_OBJECT

public:
    /// The model must outlive it.
    explicit ServerCombo(ServerListModel &model, QWidget *parent = nullptr);

protected:
    void initStyleOption(QStyleOptionComboBox *option) const override;
    void paintEvent(QPaintEvent *event) override;

private:
    int pending() const;
    QRect tag(const QStyleOptionComboBox &option) const;
    void describe();
};

} // namespace latchkey

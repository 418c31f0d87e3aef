// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>
#include <QTableView>

#include <optional>
#include <vector>

class QJsonObject;

namespace latchkey {

class Clipboard;
class ClaimModel;

/// One claim of a token as it is shown.
struct ClaimRow
{
    QString name{};
    QStringList values{}; ///< an array has one value a line; empty: only the compared token has it
    QString meaning{};
    std::optional<QDateTime> time{};    ///< where the value is a time
    std::optional<QStringList> other{}; ///< the compared token's value; empty: it has none
    std::optional<QDateTime> otherTime{};
};

/// The rows of a claim set, the registered claims first, with their meanings.
std::vector<ClaimRow> claimRows(const QJsonObject &claims);
/// The same with the values of a second token beside them, and the claims only that one has.
std::vector<ClaimRow> comparedClaimRows(const QJsonObject &claims, const QJsonObject &other);

/// Name, value and meaning of claims; times with their distance. Copies a row or a value.
class ClaimTable final : public QTableView
{
    Q_OBJECT

public:
    explicit ClaimTable(Clipboard &clipboard, QWidget *parent = nullptr);

    /// `now` is what the distances are measured from.
    void setClaims(std::vector<ClaimRow> rows, const QDateTime &now);
    void copyRow() const;
    void copyValue() const;

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void fitColumns();

    Clipboard &m_clipboard;
    ClaimModel *m_model = nullptr;
};

} // namespace latchkey

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/tablemodel.h"
#include "onelogin/hygiene.h"

#include <QWidget>

class QComboBox;
class QStackedWidget;
class QTableView;

namespace latchkey {

class EmptyState;
class Label;
class Session;

/// What there is to look after among the pairs of a tenant: finding, pair, next step. It asks for the
/// step; the panel acts.
class HygieneView final : public QWidget
{
    Q_OBJECT

public:
    explicit HygieneView(Session &session, QWidget *parent = nullptr);

    void setCredentials(std::vector<ApiCredential> credentials);
    void setFilter(const QString &text);
    /// Selects its first finding, unless one of it is selected; a pair without any leaves none selected.
    void choose(CredentialId id);
    /// Of all pairs, whatever the filter.
    int count() const { return static_cast<int>(m_findings.size()); }
    QTableView *table() const { return m_table; }
    /// The pair needs the highest level: that is no finding any more, and is remembered.
    void keepLevel(const ApiCredential &credential);

signals:
    void pairChosen(latchkey::CredentialId id);
    void stepAsked(latchkey::CredentialId id, latchkey::HygieneStep step);
    void clearFilterAsked();
    /// Esc.
    void leaveAsked();
    /// The limit of age was changed: there may be more or fewer findings.
    void countChanged();
    void failed(const latchkey::Error &error);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void makeTable();
    QWidget *makeFoot();
    void look();
    void showFindings();
    void ask(const QModelIndex &index);
    void chooseAge(int index);
    void remember(const QString &setting, const QString &value);

    Session &m_session;
    std::vector<ApiCredential> m_credentials;
    std::vector<HygieneFinding> m_findings;
    QString m_filter;
    HygieneLimits m_limits{};
    TableModel<HygieneFinding> m_model;
    QStackedWidget *m_stack = nullptr;
    QTableView *m_table = nullptr;
    EmptyState *m_clean = nullptr;
    EmptyState *m_nothing = nullptr;
    QComboBox *m_age = nullptr;
    Label *m_words = nullptr;
};

} // namespace latchkey

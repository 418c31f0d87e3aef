// SPDX-License-Identifier: GPL-3.0-or-later
#include "logins/requestpane.h"

#include "logins/expectationbutton.h"
#include "logins/loginrun.h"
#include "logins/tokenpasteform.h"
#include "onelogin/session.h"
#include "style/buttonrole.h"
#include "style/metrics.h"
#include "widgets/collapsingrow.h"
#include "widgets/foot.h"

#include <QAbstractItemView>
#include <QComboBox>
#include <QIdentityProxyModel>
#include <QPushButton>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

/// The box has one line for what the list says in two, a glyph and a time.
class RunLines final : public QIdentityProxyModel
{
public:
    RunLines(LoginRunModel &runs, QObject *parent)
        : QIdentityProxyModel(parent)
        , m_runs(runs)
    {
        setSourceModel(&runs);
    }

    QVariant data(const QModelIndex &index, int role) const override
    {
        return role == Qt::DisplayRole || role == Qt::ToolTipRole ? lineOf(m_runs.at(index.row()))
                                                                  : QIdentityProxyModel::data(index, role);
    }

private:
    LoginRunModel &m_runs;
};

} // namespace

RequestPane::RequestPane(Session &session, Clipboard &clipboard, LoginRunModel &runs, QWidget *parent)
    : QWidget(parent)
{
    m_form = new LoginForm(session, clipboard);
    m_paste = new TokenPasteForm(session.tenant().issuer(), session.clock());
    m_forms = new QStackedWidget;
    m_forms->addWidget(m_form);
    m_forms->addWidget(m_paste);
    m_runs = new QComboBox;
    m_runs->setObjectName(u"loginRunCombo"_s);
    m_runs->setAccessibleName(tr("Runs of this session"));
    m_runs->setPlaceholderText(tr("Runs of this session"));
    m_runs->setModel(new RunLines(runs, m_runs));
    m_runs->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_runs->setMinimumContentsLength(10);
    m_runs->view()->setTextElideMode(Qt::ElideRight);
    m_runs->hide();
    auto *runRow = new CollapsingRow;
    runRow->setContentsMargins(metrics::paneMargin, metrics::space12, metrics::paneMargin, 0);
    runRow->addWidget(m_runs);
    setMinimumWidth(300);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addLayout(runRow);
    column->addWidget(m_forms, 1);
    column->addWidget(makeFoot());
    connect(m_form, &LoginForm::readyToRun, m_run, [this] { m_run->setFocus(Qt::OtherFocusReason); });
    connect(m_form, &LoginForm::draftAsked, this, &RequestPane::restoreDraft);
    noteKept();
}

QWidget *RequestPane::makeFoot()
{
    m_run = makeButton(Icon::Play, tr("Run login"), ButtonRole::Main);
    m_run->setObjectName(u"runLogin"_s);
    m_cancel = makeButton(tr("Cancel"));
    m_cancel->setObjectName(u"cancelLogin"_s);
    m_expect = new ExpectationButton;
    m_foot = new Foot;
    auto *row = new QHBoxLayout(m_foot);
    row->setContentsMargins(metrics::paneMargin, metrics::space12, metrics::paneMargin, metrics::space12);
    row->addWidget(m_run);
    row->addStretch(1);
    row->addWidget(m_expect);
    row->addWidget(m_cancel);
    connect(m_run, &QPushButton::clicked, this, &RequestPane::runAsked);
    connect(m_cancel, &QPushButton::clicked, this, &RequestPane::cancelAsked);
    return m_foot;
}

bool RequestPane::isPasting() const
{
    return m_forms->currentWidget() == m_paste;
}

void RequestPane::setPasting(bool pasting)
{
    m_forms->setCurrentWidget(pasting ? static_cast<QWidget *>(m_paste) : m_form);
    m_foot->setHidden(pasting);
    if (pasting)
        m_paste->firstField()->setFocus(Qt::OtherFocusReason);
}

void RequestPane::setGrant(Grant grant)
{
    const bool isUntouched = m_form->request() == m_filled;
    m_form->setGrant(grant);
    if (isUntouched)
        noteKept();
}

void RequestPane::fill(const LoginRequest &request, const QString &origin)
{
    if (const LoginRequest typed = m_form->request(); !(typed == m_filled))
        m_draft = typed;
    m_form->setRequest(request);
    noteKept();
    // A profile is to be seen in its list; what was typed before has a way back all the same.
    m_form->setOrigin(origin.isEmpty() && m_draft ? tr("Filled in from the profile.") : origin,
                      m_draft.has_value());
}

void RequestPane::restoreDraft()
{
    const LoginRequest draft = *std::exchange(m_draft, {});
    m_form->setRequest(draft);
    m_form->takeSecrets(draft);
    m_form->setOrigin({}, false);
}

void RequestPane::setRunning(bool running)
{
    // What is about to be disabled or hidden hands the focus on, or it would leave the panel.
    if (running) {
        m_cancel->show();
        if (window()->focusWidget() == m_run)
            m_cancel->setFocus(Qt::OtherFocusReason);
    }
    m_expect->setHidden(running);
    m_run->setEnabled(!running);
    if (!running) {
        if (window()->focusWidget() == m_cancel)
            m_run->setFocus(Qt::OtherFocusReason);
        m_cancel->hide();
    }
}

} // namespace latchkey

// SPDX-License-Identifier: GPL-3.0-or-later
#include "authservers/addscopesdialog.h"

#include "core/plaintext.h"
#include "style/buttonrole.h"
#include "style/typography.h"
#include "widgets/formfield.h"
#include "widgets/messagebanner.h"
#include "widgets/textarea.h"

#include <QLineEdit>
#include <QPushButton>

#include <algorithm>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

constexpr int kListLines = 9;
const QString kList = u"list"_s;

QString lineOf(const Scope &scope)
{
    return scope.description.isEmpty() ? scope.value : scope.value + u' ' + scope.description;
}

} // namespace

AddScopesDialog::AddScopesDialog(Session &session, const AuthServer &server, std::vector<Scope> all,
                                 QWidget *parent)
    : WriteDialog(tr("Add scopes to %1").arg(server.name), tr("Add scope"), session, parent)
    , m_server(server)
    , m_all(std::move(all))
{
    setObjectName(u"addScopesDialog"_s);
    makeFields();
    setRules([this] { return problems(); });
    m_switch = makeButton({}, ButtonRole::Link);
    m_switch->setObjectName(u"switchList"_s);
    m_switch->setAutoDefault(false);
    addToFoot(m_switch);
    connect(m_switch, &QPushButton::clicked, this, &AddScopesDialog::switchMode);
    showList(false);
    connect(this, &EditorDialog::submitted, this, &AddScopesDialog::submit);
}

void AddScopesDialog::makeFields()
{
    QLineEdit *value = addText(u"value"_s, tr("Value"), tr("As tokens carry it, e.g. read:invoices."));
    value->setFont(fontFor(TextStyle::Fixed));
    addText(u"description"_s, tr("Description"));
    addLines(kList, tr("Scopes, one in each line"), kListLines,
             tr("A value, then its description, as in: read:invoices Read every invoice"))
        ->setLineWrapMode(QPlainTextEdit::WidgetWidth);
}

/// Lines that are pasted as a value are a list of scopes.
void AddScopesDialog::takeLines(const QString &key, const QString &entered)
{
    const std::vector<Scope> scopes = key == u"value"_s ? scopesFromText(entered) : std::vector<Scope>();
    if (scopes.size() < 2)
        return WriteDialog::takeLines(key, entered);
    QStringList lines;
    for (const Scope &scope : scopes)
        lines.append(lineOf(scope));
    setText(key, {});
    prepend(lines.join(u'\n'));
    showList(true);
    banner()->showMessage(MessageBanner::Kind::Info,
                          tr("%n line(s) were pasted: each is a scope.", nullptr, int(scopes.size())));
}

void AddScopesDialog::prepend(const QString &lines)
{
    const QString below = text(kList).trimmed();
    const bool isBetween = !below.isEmpty() && !lines.isEmpty() && !lines.endsWith(u'\n');
    setText(kList, isBetween ? lines + u'\n' + below : lines + below);
}

/// What was typed comes along: the single scope is the first one of the list.
void AddScopesDialog::switchMode()
{
    if (!isList()) {
        const Scope single = entered().front();
        if (!single.value.isEmpty()) {
            prepend(lineOf(single) + u'\n');
            setText(u"value"_s, {});
            setText(u"description"_s, {});
        }
        showList(true);
        return static_cast<QPlainTextEdit *>(fieldOf(kList)->field())->moveCursor(QTextCursor::End);
    }
    const std::vector<Scope> scopes = entered();
    QStringList rest;
    for (size_t i = 1; i < scopes.size(); ++i)
        rest.append(lineOf(scopes[i]));
    if (!scopes.empty()) {
        setText(u"value"_s, scopes.front().value);
        setText(u"description"_s, scopes.front().description);
    }
    setText(kList, rest.join(u'\n'));
    showList(false);
    if (!rest.isEmpty())
        banner()->showMessage(MessageBanner::Kind::Info,
                              tr("%n more scope(s) stay in the list.", nullptr, int(rest.size())));
}

void AddScopesDialog::showList(bool list)
{
    fieldOf(u"value"_s)->setHidden(list);
    fieldOf(u"description"_s)->setHidden(list);
    fieldOf(kList)->setHidden(!list);
    m_switch->setText(list ? tr("Add a single scope") : tr("Add several from a list"));
    applyButton()->setText(list ? tr("Add scopes") : tr("Add scope"));
    banner()->clear();
    fieldOf(list ? kList : u"value"_s)->field()->setFocus();
    refit();
}

bool AddScopesDialog::isList() const
{
    return !fieldOf(kList)->isHidden();
}

std::vector<Scope> AddScopesDialog::entered() const
{
    if (isList())
        return scopesFromText(text(kList));
    return {{.value = text(u"value"_s), .description = text(u"description"_s)}};
}

std::vector<FieldError> AddScopesDialog::problems() const
{
    if (!isList())
        return problemsOf(entered().front(), m_all);
    if (const QString problem = listProblem(); !problem.isEmpty())
        return {{.field = kList, .message = problem}};
    return {};
}

/// The first thing wrong, duplicates within the list included.
QString AddScopesDialog::listProblem() const
{
    const std::vector<Scope> scopes = entered();
    if (scopes.empty())
        return tr("No scope is in the list.");
    for (size_t i = 0; i < scopes.size(); ++i) {
        const auto twin = std::find_if(scopes.begin(), scopes.begin() + static_cast<std::ptrdiff_t>(i),
                                       [&](const Scope &each) { return each.value == scopes[i].value; });
        if (twin != scopes.begin() + static_cast<std::ptrdiff_t>(i))
            return tr("%1 is in the list twice.").arg(scopes[i].value);
        if (const std::vector<FieldError> found = problemsOf(scopes[i], m_all); !found.empty())
            return tr("%1: %2").arg(withVisibleControls(scopes[i].value), found.front().message);
    }
    return {};
}

void AddScopesDialog::submit()
{
    m_waiting = entered();
    m_stored.clear();
    m_failures.clear();
    m_next = 0;
    m_isStopping = false;
    sendNext();
}

void AddScopesDialog::sendNext()
{
    const Scope wanted = m_waiting[m_next];
    const QString progress =
        m_waiting.size() == 1
            ? tr("Adding and reading back")
            : tr("Adding %1 of %2: %3").arg(m_next + 1).arg(m_waiting.size()).arg(wanted.value);
    if (const auto writer = begin(progress))
        writer->add(m_server.id, wanted, m_all,
                    then(pending(), [this, wanted](const Result<Written<Scope>> &written) {
                        end();
                        receive(wanted, written);
                    }));
}

void AddScopesDialog::receive(const Scope &wanted, const Result<Written<Scope>> &written)
{
    ++m_next;
    if (written && written->state == WriteState::Stored) {
        m_stored.push_back(written->found);
    } else if (written) {
        m_failures.push_back(
            {wanted,
             {.kind = ErrorKind::ServerFailure,
              .message = tr("Not stored as wanted. %1").arg(differenceText(written->differences))}});
    } else {
        m_failures.push_back({wanted, written.error()});
    }
    if (written) {
        m_all = written->all;
        emit seen(m_all);
    }
    const bool goesOn = written || concernsOneAlone(written.error());
    if (goesOn && !m_isStopping && m_next < m_waiting.size())
        return sendNext();
    finish();
}

void AddScopesDialog::finish()
{
    if (!m_stored.empty())
        emit added(m_stored);
    const bool isUnknown = std::ranges::any_of(
        m_failures, [](const Failure &each) { return each.error.kind == ErrorKind::OutcomeUnknown; });
    if (isUnknown)
        emit abandoned();
    if (m_failures.empty() && m_next == m_waiting.size())
        return accept();
    if (isList())
        finishList();
    else
        showError(m_failures.front().error);
}

void AddScopesDialog::finishList()
{
    QStringList lines;
    QStringList reasons;
    for (const Failure &failure : m_failures) {
        lines.append(lineOf(failure.scope));
        const Error &error = failure.error;
        reasons.append(tr("%1: %2").arg(failure.scope.value,
                                        error.vendorText.isEmpty() ? error.message : error.vendorText));
    }
    for (size_t i = m_next; i < m_waiting.size(); ++i)
        lines.append(lineOf(m_waiting[i]));
    setText(kList, lines.join(u'\n'));
    if (m_failures.empty())
        reasons.append(tr("Stopped. What is left was not sent."));
    else if (m_next < m_waiting.size())
        reasons.append(tr("What comes after it was not sent."));
    const auto stored = static_cast<int>(m_stored.size());
    banner()->showMessage(
        stored > 0 ? MessageBanner::Kind::Warn : MessageBanner::Kind::Danger,
        tr("%1 of %n scope(s) are stored", nullptr, static_cast<int>(m_waiting.size())).arg(stored),
        reasons.join(u'\n'));
    refit();
}

/// A list that is being sent ends after the scope on its way.
void AddScopesDialog::reject()
{
    if (!pending() || m_waiting.size() < 2 || m_isStopping)
        return WriteDialog::reject();
    m_isStopping = true;
}

} // namespace latchkey

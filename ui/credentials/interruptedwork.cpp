// SPDX-License-Identifier: GPL-3.0-or-later
#include "credentials/interruptedwork.h"

#include "busy.h"
#include "credentials/remedies.h"
#include "keychainstate.h"
#include "widgets/messagebanner.h"
#include "widgets/panel.h"

#include <QPushButton>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

QString doneText(const SettledOperation &settled)
{
    const QString &name = settled.operation.name;
    switch (settled.operation.kind) {
    case OperationKind::Create:
        return InterruptedWork::tr("Nothing is left of making %1.").arg(name);
    case OperationKind::Remove:
        return InterruptedWork::tr("%1 is deleted.").arg(name);
    case OperationKind::Enable:
        return InterruptedWork::tr("%1 is enabled.").arg(name);
    case OperationKind::Disable:
    case OperationKind::Watch:
        return InterruptedWork::tr("%1 is disabled.").arg(name);
    }
    return {};
}

} // namespace

InterruptedWork::InterruptedWork(Session &session, const PanelTools &tools, Panel &panel, QObject *parent)
    : QObject(parent)
    , m_session(session)
    , m_tools(tools)
    , m_panel(panel)
{
    connect(&tools.keychain, &KeychainState::changed, this, [this] {
        if (m_tools.keychain.isReady() && std::exchange(m_waitsForKeychain, false))
            settle();
    });
}

InterruptedWork::~InterruptedWork() = default;

/// What is still under way ends here, and not at the tenant for a second time.
UnfinishedWork &InterruptedWork::startRun()
{
    m_work = std::make_unique<UnfinishedWork>(m_session);
    return *m_work;
}

/// Called by the run itself.
void InterruptedWork::endRun()
{
    if (m_work)
        m_work.release()->deleteLater();
}

void InterruptedWork::settle()
{
    const Result<std::vector<Operation>> left = UnfinishedWork(m_session).list();
    if (m_busy || (left && left->empty()))
        return; // what is under way settles the rest
    using Settled = std::vector<SettledOperation>;
    UnfinishedWork &work = startRun();
    work.settle(then(&work, [this](const Result<Settled> &all) {
        endRun();
        if (all)
            receive(*all);
        else
            m_panel.banner()->showError(all.error());
    }));
}

void InterruptedWork::receive(const std::vector<SettledOperation> &all)
{
    std::vector<SettledOperation> done;
    std::vector<Operation> left;
    std::optional<Error> why;
    for (const SettledOperation &each : all) {
        if (each.isSettled) {
            done.push_back(each);
            continue;
        }
        left.push_back(each.operation);
        if (each.error && !why)
            why = each.error;
        m_waitsForKeychain = m_waitsForKeychain || (each.error && isKeychain(each.error->kind));
    }
    emit settled();
    if (left.empty())
        showDone(done);
    else
        show(left, why);
}

void InterruptedWork::showDone(const std::vector<SettledOperation> &done)
{
    QStringList texts;
    bool isWarned = false;
    for (const SettledOperation &each : done) {
        texts.append(doneText(each));
        if (each.warning)
            texts.append(each.warning->message);
        isWarned = isWarned || each.warning;
    }
    m_panel.banner()->showMessage(isWarned ? MessageBanner::Kind::Warn : MessageBanner::Kind::Ok,
                                  tr("What was interrupted is finished now."), texts.join(u' '));
}

void InterruptedWork::showLeft(const std::optional<Error> &why)
{
    const Result<std::vector<Operation>> left = UnfinishedWork(m_session).list();
    if (left && !left->empty())
        show(*left, why);
    else if (why)
        m_panel.banner()->showError(*why);
}

void InterruptedWork::show(const std::vector<Operation> &left, const std::optional<Error> &why)
{
    if (left.size() == 1)
        return showOne(left.front(), why);
    QStringList names;
    for (const Operation &operation : left)
        names.append(operation.name);
    MessageBanner *banner = m_panel.banner();
    banner->showMessage(MessageBanner::Kind::Warn,
                        tr("%n thing(s) were interrupted.", nullptr, static_cast<int>(left.size())),
                        names.join(u", "_s));
    QPushButton *showAll = banner->addButton(tr("Show them…"));
    showAll->setObjectName(u"unfinished.show"_s);
    connect(showAll, &QPushButton::clicked, this, &InterruptedWork::repairAsked, Qt::QueuedConnection);
}

void InterruptedWork::showOne(const Operation &operation, const std::optional<Error> &why)
{
    MessageBanner *banner = m_panel.banner();
    banner->showMessage(MessageBanner::Kind::Warn, UnfinishedWork::explanation(operation),
                        why ? why->message : QString());
    for (const Remedy remedy : UnfinishedWork::remedies(operation)) {
        QPushButton *button = banner->addButton(remedyText(operation, remedy));
        button->setObjectName(remedyName(remedy));
        connect(
            button, &QPushButton::clicked, this, [this, operation, remedy] { apply(operation, remedy); },
            Qt::QueuedConnection);
    }
}

void InterruptedWork::apply(const Operation &operation, Remedy remedy)
{
    using Warning = std::optional<Error>;
    if (m_busy)
        return; // pressed twice
    m_panel.banner()->clear();
    m_busy =
        std::make_unique<Busy>(m_panel, tr("Waiting for the sandbox and the keychain."), [this, operation] {
            m_busy.reset();
            m_work.reset();
            showOne(operation, {});
        });
    UnfinishedWork &work = startRun();
    applyRemedy(work, m_session.credentials().workspace(), operation, remedy,
                then(&work, [this, operation](const Result<Warning> &result) {
                    endRun();
                    m_busy.reset();
                    emit settled();
                    if (!result && result.error().kind == ErrorKind::NotFound)
                        m_panel.banner()->showError(result.error());
                    else if (!result)
                        showOne(operation, result.error());
                    else if (*result)
                        m_panel.banner()->showMessage(MessageBanner::Kind::Warn,
                                                      tr("It is done, but for one thing."),
                                                      (*result)->message);
                    else
                        settle(); // what else there is
                }));
}

} // namespace latchkey

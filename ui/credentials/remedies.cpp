// SPDX-License-Identifier: GPL-3.0-or-later
#include "credentials/remedies.h"

#include "onelogin/freename.h"

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Remedies", text);
}

} // namespace

QString remedyText(const Operation &operation, Remedy remedy)
{
    switch (remedy) {
    case Remedy::Keep:
        return tr("Keep the pair");
    case Remedy::DeleteAtTenant:
        return tr("Delete it in the sandbox");
    case Remedy::Finish:
        if (operation.kind == OperationKind::Remove)
            return tr("Finish deleting");
        return operation.kind == OperationKind::Enable ? tr("Finish enabling") : tr("Finish disabling");
    case Remedy::Undo:
        if (operation.kind == OperationKind::Remove)
            return tr("Bring it back");
        return operation.kind == OperationKind::Enable ? tr("Disable it again") : tr("Enable it again");
    }
    return {};
}

QString remedyName(Remedy remedy)
{
    switch (remedy) {
    case Remedy::Keep:
        return u"remedy.keep"_s;
    case Remedy::DeleteAtTenant:
        return u"remedy.deleteAtTenant"_s;
    case Remedy::Finish:
        return u"remedy.finish"_s;
    case Remedy::Undo:
        return u"remedy.undo"_s;
    }
    return {};
}

void applyRemedy(UnfinishedWork &work, const Workspace &workspace, const Operation &operation, Remedy remedy,
                 Continuation<std::optional<Error>> continuation)
{
    const auto done = [continuation](const Result<> &result) {
        continuation(result.map([] { return std::optional<Error>(); }));
    };
    switch (remedy) {
    case Remedy::Keep:
        work.keep(
            operation, freeName(workspace, operation.tenant, operation.name),
            Continuation<ApiCredential>(continuation.context(), [done](const Result<ApiCredential> &kept) {
                done(kept.map([](const ApiCredential &) {}));
            }));
        break;
    case Remedy::DeleteAtTenant:
        work.deleteAtTenant(operation, Continuation<>(continuation.context(), done));
        break;
    case Remedy::Finish:
        work.finish(operation, continuation);
        break;
    case Remedy::Undo:
        work.undo(operation, Continuation<>(continuation.context(), done));
        break;
    }
}

} // namespace latchkey

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/database.h"
#include "store/operation.h"

#include <QCoreApplication>

#include <map>
#include <memory>

namespace latchkey {

/// The operations of a workspace, at most one a credential. Each function is a short local transaction;
/// errors are Storage or StorageTooNew. Every change names the step it starts from, so that of two
/// windows only one takes it.
class OperationLog
{
    Q_DECLARE_TR_FUNCTIONS(OperationLog)

public:
    explicit OperationLog(OpenDatabase file);

    /// Returns it with its id and times. Takes the place of what was left of an earlier one of the same
    /// credential, but not of a removal that hid it.
    Result<Operation> begin(Operation operation);
    Result<Operation> advance(const Operation &from, Operation to);
    Result<void> strike(const Operation &operation); ///< it is settled
    /// It came to nothing: what begin() took the place of is back.
    Result<void> takeBack(const Operation &operation, const std::optional<Operation> &before);

    Result<std::vector<Operation>> all(TenantId tenant) const; ///< the oldest first
    Result<std::vector<Operation>> removals() const;           ///< of all tenants, those that hide a row
    Result<std::optional<Operation>> ofCredential(CredentialId credential) const;

    /// While the handle lives, somebody in this process works on it.
    std::shared_ptr<const void> hold(OperationId id);
    /// Whether somebody works on it: here, or another process that runs and wrote it lately.
    bool isUnderWay(const Operation &operation) const;

private:
    Result<std::vector<Operation>> read(const QString &rest, const QVariantList &values) const;
    bool givesWay(const Operation &operation) const;

    OpenDatabase m_file;
    std::map<OperationId, std::weak_ptr<const void>> m_held;
};

} // namespace latchkey

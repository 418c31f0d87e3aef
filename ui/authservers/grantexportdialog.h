// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "grants/grantsreader.h"
#include "widgets/editordialog.h"

#include <atomic>
#include <memory>

class QComboBox;

namespace latchkey {

class NewFileField;
class Session;

/// Writes what is granted to a file: a grants file of one authorization server, or an access report.
/// It is read from the tenant anew; what is staged is not in it.
class GrantExportDialog final : public EditorDialog
{
    Q_OBJECT

public:
    /// `folder` is where the file lies unless the person says otherwise. The session has an API.
    GrantExportDialog(Session &session, AuthServer server, const QString &folder, QWidget *parent);

    void reject() override;

signals:
    void exported(const QString &path);

private:
    enum class Form { Yaml, Json, Csv, Html };

    void makeFields(const QString &folder);
    Form form() const;
    bool isReport() const;
    void describeForm();
    void submit();
    void write(const std::shared_ptr<TenantGrants> &grants);

    Session &m_session;
    AuthServer m_server;
    QComboBox *m_form = nullptr;
    FormField *m_formField = nullptr;
    QComboBox *m_extent = nullptr;
    FormField *m_extentField = nullptr;
    NewFileField *m_file = nullptr;
    std::unique_ptr<GrantsReader> m_reader{};
    std::shared_ptr<std::atomic_bool> m_isCancelled = std::make_shared<std::atomic_bool>(false);
};

} // namespace latchkey

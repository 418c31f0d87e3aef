// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "style/latchkeystyle.h"
#include "translations.h"
#include "ui/credentialsdesk.h"
#include "widgets/confirmdialog.h"

#include <QPushButton>

namespace latchkey {

/// A test of the panel of credentials at a desk of its own, with the pair directory-sync.
class CredentialsDeskTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        installTranslations(*qApp);
        installStyle(*qApp);
    }
    void init() { failOnWarnings(); }
    void cleanup() { m_desk.reset(); }

protected:
    void openAs(TenantType type = TenantType::Sandbox, std::optional<ScopeLevel> level = {})
    {
        m_desk = std::make_unique<CredentialsDesk>(type);
        QVERIFY(m_desk->start());
        ApiCredential pair = m_desk->tenant.adopt(u"directory-sync");
        QVERIFY(pair.id.isValid());
        pair.level = level;
        pair.note = QStringLiteral("identity-platform");
        QVERIFY_OK(m_desk->tenant.credentials->update(pair));
        QVERIFY(m_desk->open());
        QVERIFY(m_desk->select(QStringLiteral("directory-sync")));
    }
    void adoptAnother()
    {
        QVERIFY(m_desk->tenant.adopt(u"billing-service").id.isValid());
        QTRY_VERIFY(!m_desk->stateOf(QStringLiteral("billing-service")).isEmpty());
    }
    ConfirmDialog *confirmation() const { return m_desk->dialog<ConfirmDialog>(); }
    void confirm()
    {
        QTRY_VERIFY(confirmation());
        QTest::mouseClick(confirmation()->verbButton(), Qt::LeftButton);
    }
    void disable()
    {
        QVERIFY(m_desk->press(QStringLiteral("credential.disable")));
        confirm();
    }
    /// The tenant refuses every pair and token from now on.
    void refuse()
    {
        m_desk->tenant.proxy->setScript([](const Arrival &, const FaultProxy::Forward &) {
            return FaultServer::answer(
                401, R"({"status":{"error":true,"code":401,"message":"Authentication Failure"}})");
        });
    }
    QString said() const { return m_desk->banner().sentence(); }
    /// Of a label that is on screen.
    QString text(const QString &name) const
    {
        auto *label = shown<QLabel>(*m_desk->panel, name);
        return label ? label->text() : QString();
    }

    std::unique_ptr<CredentialsDesk> m_desk;
};

} // namespace latchkey

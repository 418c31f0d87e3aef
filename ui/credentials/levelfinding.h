// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/records.h"
#include "onelogin/probereport.h"

#include <QObject>

#include <functional>

namespace latchkey {

class Panel;

/// What a check of the level found that the hygiene asked for: says it in the panel's banner, with what
/// settles the finding.
class LevelFinding final : public QObject
{
    Q_OBJECT

public:
    explicit LevelFinding(Panel &panel);

    /// The next check of that pair is the one.
    void expect(const ApiCredential &credential) { m_expected = credential.id; }
    void receive(const ApiCredential &credential, const ProbeReport &report);

signals:
    /// It may do less than is recorded.
    void recordAsked(const latchkey::ApiCredential &credential, latchkey::ScopeLevel level);
    /// A pair of a lower level is to take its place.
    void rotateAsked(const latchkey::ApiCredential &credential);
    /// It needs the level that it has.
    void keepAsked(const latchkey::ApiCredential &credential);

private:
    void offer(const QString &text, const QString &name, std::function<void()> act);

    Panel &m_panel;
    std::optional<CredentialId> m_expected;
};

} // namespace latchkey

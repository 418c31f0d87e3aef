// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "credentials/importdialog.h"

namespace latchkey {

class Panel;

/// Import and export from the credentials panel: opens the dialogs, says in the panel's banner what came of
/// them, and offers to delete the file that the secrets came from.
class InterchangeActions final : public QObject
{
    Q_OBJECT

public:
    InterchangeActions(Session &session, const PanelTools &tools, Panel &panel);

    void importCredentials();
    void exportCredentials();
    /// Where to look for sources and to write to; a test has places of its own.
    void setPlaces(const SourcePlaces &places) { m_places = places; }

signals:
    void imported(latchkey::CredentialId first);

private:
    void sayImported(const ImportOutcome &outcome);
    void sayExported(const QString &path, int count, int missing);
    void offerDeletion(const ImportOutcome &outcome);

    Session &m_session;
    PanelTools m_tools;
    Panel &m_panel;
    SourcePlaces m_places;
};

} // namespace latchkey

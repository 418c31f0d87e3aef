// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

class QTextBrowser;

namespace latchkey {

/// The pages of resources/help, one at a time, beside the main window.
class HelpWindow final : public QDialog
{
    Q_OBJECT

public:
    explicit HelpWindow(QWidget *parent);

    /// "credentials" … Shows the window if it is not there.
    void showPage(const QString &name);

private:
    QTextBrowser *m_text = nullptr;
};

} // namespace latchkey

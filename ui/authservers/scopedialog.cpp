// SPDX-License-Identifier: GPL-3.0-or-later
#include "authservers/scopedialog.h"

#include "style/typography.h"
#include "widgets/messagebanner.h"

#include <QLineEdit>

namespace latchkey {

using namespace Qt::StringLiterals;

ScopeDialog::ScopeDialog(Session &session, Context context, const Scope &known, QWidget *parent)
    : WriteDialog(tr("Edit %1").arg(known.value), tr("Save scope"), session, parent)
    , m_context(std::move(context))
    , m_loaded(known)
{
    setObjectName(u"scopeDialog"_s);
    QLineEdit *value =
        addText(u"value"_s, tr("Value"),
                m_context.apps == 0
                    ? QString()
                    : tr("%n app(s) have it. Tokens from then on carry the new value, issued ones the old.",
                         nullptr, m_context.apps));
    value->setFont(fontFor(TextStyle::Fixed));
    addText(u"description"_s, tr("Description"));
    setText(u"value"_s, m_loaded.value);
    setText(u"description"_s, m_loaded.description);
    setRules([this] { return problemsOf(entered(), m_context.all); });
    addLockout(m_loaded.value,
               [this] { return text(u"value"_s) == m_loaded.value ? QString() : m_context.broken; });
    value->setFocus();
    connect(this, &EditorDialog::submitted, this, &ScopeDialog::submit);
}

Scope ScopeDialog::entered() const
{
    return {.id = m_loaded.id, .value = text(u"value"_s), .description = text(u"description"_s)};
}

/// A scope has one value.
void ScopeDialog::takeLines(const QString &key, const QString &entered)
{
    const std::vector<Scope> scopes = key == u"value"_s ? scopesFromText(entered) : std::vector<Scope>();
    if (scopes.size() < 2)
        return WriteDialog::takeLines(key, entered);
    setText(key, scopes.front().value);
    banner()->showMessage(MessageBanner::Kind::Info, tr("Only the first of the pasted lines is taken."),
                          tr("This changes one scope; Add scope takes a list."));
    refit();
}

void ScopeDialog::submit()
{
    if (const auto writer = begin(tr("Saving and reading back")))
        writer->update(m_context.server.id, m_loaded, entered(),
                       then(pending(), [this](const Result<Written<Scope>> &written) {
                           takePart(this, written, &m_context.all, &m_loaded);
                       }));
}

} // namespace latchkey

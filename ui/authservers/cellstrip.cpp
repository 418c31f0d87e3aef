// SPDX-License-Identifier: GPL-3.0-or-later
#include "authservers/cellstrip.h"

#include "models/grantgridmodel.h"
#include "models/grantstatewords.h"
#include "style/buttonrole.h"
#include "style/metrics.h"
#include "style/theme.h"
#include "widgets/glyph.h"
#include "widgets/label.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QPushButton>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

constexpr int kMostOfScope = 48; // characters: the words beside it are to be seen too
constexpr int kMostOfApp = 36;

/// What the button does to the state; empty: nothing is pending.
QString keepText(GrantState state)
{
    switch (state) {
    case GrantState::PendingAdd:
        return CellStrip::tr("Do not grant");
    case GrantState::PendingRemove:
        return CellStrip::tr("Keep it");
    case GrantState::Granted:
    case GrantState::NotGranted:
        break;
    }
    return {};
}

} // namespace

CellStrip::CellStrip(QWidget *parent)
    : QWidget(parent)
    , m_glyph(new Glyph(Icon::Check, Tone::Muted, metrics::iconButton))
    , m_scope(new Label({}, TextStyle::Fixed))
    , m_app(new Label)
    , m_words(new Label({}, TextStyle::Body, Tone::Muted))
    , m_keep(makeButton(tr("Keep it"), ButtonRole::Tool))
    , m_prove(makeButton(tr("Prove with a login…"), ButtonRole::Tool))
{
    setObjectName(u"cellStrip"_s);
    m_scope->setObjectName(u"cellScope"_s);
    m_scope->setElide(Label::Elide::Middle);
    m_scope->setMaximumWidth(kMostOfScope * m_scope->fontMetrics().averageCharWidth());
    m_app->setObjectName(u"cellApp"_s);
    m_app->setElide(Label::Elide::End);
    m_app->setMaximumWidth(kMostOfApp * m_app->fontMetrics().averageCharWidth());
    m_words->setObjectName(u"cellWords"_s);
    m_words->setElide(Label::Elide::End);
    m_words->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_keep->setObjectName(u"keepCell"_s);
    setSmall(m_keep);
    m_prove->setObjectName(u"proveCell"_s);
    setSmall(m_prove);
    setFixedHeight(metrics::heightFor(38, fontMetrics()));
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(metrics::space16, 1, metrics::space12, 0);
    row->setSpacing(metrics::space8);
    row->addWidget(m_glyph);
    row->addWidget(m_scope);
    row->addWidget(m_app);
    row->addWidget(m_words, 1);
    row->addWidget(m_keep);
    row->addWidget(m_prove);
    connect(m_keep, &QPushButton::clicked, this, &CellStrip::keepRequested);
    connect(m_prove, &QPushButton::clicked, this, &CellStrip::proofRequested);
}

void CellStrip::showCell(const GrantGridModel &model, const QModelIndex &cell)
{
    const bool any = cell.isValid();
    for (QWidget *part :
         {static_cast<QWidget *>(m_glyph), static_cast<QWidget *>(m_scope), static_cast<QWidget *>(m_app)})
        part->setVisible(any);
    if (!any) {
        m_words->setText(tr("Choose a cell with the arrow keys; Space toggles it."));
        m_keep->hide();
        m_prove->hide();
        return;
    }
    const Scope &scope = model.scopeAt(cell.column());
    const auto state = static_cast<GrantState>(cell.data(GrantGridModel::StateRole).toInt());
    const GrantStateWords words = wordsFor(state);
    //: A sentence of "Granted", "Pending revoke"
    QString sentence = tr("%1.").arg(words.text);
    QString keep = keepText(state);
    if (static_cast<CellMark>(cell.data(GrantGridModel::CellMarkRole).toInt()) == CellMark::NotStored)
        sentence = tr("Not stored, still pending.");
    const GrantGridModel::App app = model.appAt(cell.row());
    if (model.plan()->isRemoved(app.id)) {
        sentence = tr("The client app will be removed.");
        keep = tr("Keep the app");
    }
    m_glyph->setIcon(words.icon);
    m_glyph->setTone(words.tone);
    m_scope->setText(scope.value);
    //: "void:invoices for partner-gateway"
    m_app->setText(tr("for %1").arg(app.name));
    m_words->setText(scope.description.isEmpty() ? sentence : sentence + u' ' + scope.description);
    m_keep->setText(keep);
    m_keep->setVisible(!keep.isEmpty() && model.isWritable());
    m_prove->setVisible(!model.plan()->isAdded(app.id));
}

void CellStrip::paintEvent(QPaintEvent *)
{
    const Theme &theme = themeFor(palette());
    QPainter painter(this);
    painter.fillRect(rect(), theme.sunken);
    painter.fillRect(QRect(0, 0, width(), 1), theme.line);
}

} // namespace latchkey

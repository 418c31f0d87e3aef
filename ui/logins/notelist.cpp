// SPDX-License-Identifier: GPL-3.0-or-later
#include "logins/notelist.h"

#include "core/plaintext.h"
#include "style/metrics.h"
#include "widgets/glyph.h"
#include "widgets/label.h"

#include <QHBoxLayout>

namespace latchkey {

QWidget *makeNotes(const QStringList &notes)
{
    auto *widget = new QWidget;
    auto *column = new QVBoxLayout(widget);
    column->setContentsMargins({});
    column->setSpacing(metrics::space4);
    for (const QString &note : notes) {
        auto *row = new QHBoxLayout;
        row->setSpacing(6);
        row->addWidget(new Glyph(Icon::Info, Tone::Muted, metrics::iconButton), 0, Qt::AlignTop);
        row->addWidget(makeParagraph(withVisibleControls(note), TextStyle::Caption, Tone::Muted), 1);
        column->addLayout(row);
    }
    widget->setHidden(notes.isEmpty());
    return widget;
}

} // namespace latchkey

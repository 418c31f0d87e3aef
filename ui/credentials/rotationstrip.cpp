// SPDX-License-Identifier: GPL-3.0-or-later
#include "credentials/rotationstrip.h"

#include "credentials/rotationtext.h"
#include "onelogin/credentialrotation.h"
#include "style/buttonrole.h"
#include "style/metrics.h"
#include "style/paint.h"
#include "style/theme.h"
#include "widgets/glyph.h"
#include "widgets/label.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QPushButton>

namespace latchkey {

using namespace Qt::StringLiterals;

RotationStrip::RotationStrip(Session &session, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
{
    setObjectName(u"rotationStrip"_s);
    m_progress = new Label;
    m_progress->setObjectName(u"rotation.progress"_s);
    m_progress->setElide(Label::Elide::End);
    QPushButton *resume = makeButton(tr("Resume…"));
    resume->setObjectName(u"rotation.resume"_s);
    setSmall(resume);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(metrics::space12, metrics::space8, metrics::space8, metrics::space8);
    row->setSpacing(metrics::space8);
    row->addWidget(new Glyph(Icon::Rotate, Tone::Accent, metrics::iconButton));
    row->addWidget(m_progress);
    row->addStretch(1);
    row->addWidget(resume);
    connect(resume, &QPushButton::clicked, this, &RotationStrip::resumeAsked);
    hide();
}

void RotationStrip::setCredential(const ApiCredential &credential)
{
    const std::optional<Rotation> rotation = CredentialRotation::of(m_session, credential.id);
    setVisible(rotation.has_value());
    if (rotation) {
        m_progress->setText(rotationProgress(*rotation));
        m_progress->setToolTip(rotationStepName(rotation->step));
    }
}

void RotationStrip::paintEvent(QPaintEvent *)
{
    const Theme &theme = themeFor(palette());
    QPainter painter(this);
    paintRounded(&painter, rect(), metrics::cardRadius, theme.accentTint);
}

} // namespace latchkey

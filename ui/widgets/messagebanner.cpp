// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/messagebanner.h"

#include "core/errortext.h"
#include "style/buttonrole.h"
#include "style/metrics.h"
#include "style/paint.h"
#include "style/typography.h"
#include "widgets/breakable.h"
#include "widgets/glyph.h"

#include <QAccessible>
#include <QHBoxLayout>
#include <QPushButton>
#include <QRegularExpression>
#include <QStyle>
#include <QTextLayout>
#include <QToolButton>

namespace latchkey {

using namespace Qt::StringLiterals;

/// The sentence in bold and the detail in muted caption in one wrapped paragraph, plain text both.
class BannerText final : public QWidget
{
public:
    explicit BannerText(QWidget *parent)
        : QWidget(parent)
    {
        QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Preferred);
        policy.setHeightForWidth(true);
        setSizePolicy(policy);
    }

    void setTexts(const QString &sentence, const QString &detail, bool strong)
    {
        m_strong = strong;
        m_sentence = sentence;
        m_detail = detail;
        m_heights.clear();
        setAccessibleName(text());
        updateGeometry();
        update();
    }
    const QString &sentence() const { return m_sentence; }
    const QString &detail() const { return m_detail; }

    // Layouts ask again and again, and each answer takes setting the text.
    int heightForWidth(int width) const override
    {
        const auto known = m_heights.constFind(width);
        return known != m_heights.constEnd() ? *known : *m_heights.insert(width, lines(width, nullptr, 0));
    }
    QSize sizeHint() const override { return QSize(240, heightForWidth(240)); }
    QSize minimumSizeHint() const override { return QSize(120, lineHeight(TextStyle::Body)); }

protected:
    void changeEvent(QEvent *event) override
    {
        m_heights.clear(); // the font may be another
        QWidget::changeEvent(event);
    }
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        const int free = height() - heightForWidth(width());
        lines(width(), &painter, std::max(0, free / 2));
    }

private:
    /// A sentence that is not ours may have no full stop: it gets one, in the format of the detail.
    QString text() const
    {
        if (m_detail.isEmpty() || m_sentence.isEmpty())
            return m_sentence + m_detail;
        static const QRegularExpression ended(u"[.!?:;…][”\"’')]?$"_s);
        return m_sentence + (m_sentence.contains(ended) ? u" "_s : u". "_s) + m_detail;
    }
    int lines(int width, QPainter *painter, int top) const
    {
        const Theme &theme = themeFor(palette());
        QTextLayout layout(text(), fontFor(TextStyle::Body));
        QTextCharFormat bold;
        bold.setFont(fontFor(m_strong ? TextStyle::BodyStrong : TextStyle::Body));
        bold.setForeground(theme.text);
        QTextCharFormat quiet;
        quiet.setFont(fontFor(TextStyle::Caption));
        quiet.setForeground(theme.muted);
        const int length = static_cast<int>(m_sentence.size());
        const int rest = static_cast<int>(layout.text().size()) - length;
        layout.setFormats({{0, length, bold}, {length, rest, quiet}});
        QTextOption wrap;
        wrap.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
        wrap.setTextDirection(layoutDirection());
        layout.setTextOption(wrap);
        const int step = lineHeight(TextStyle::Body);
        int y = 0;
        layout.beginLayout();
        for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine()) {
            line.setLineWidth(width);
            line.setPosition(QPointF(0, y + (step - line.height()) / 2));
            y += step;
        }
        layout.endLayout();
        if (painter)
            layout.draw(painter, QPointF(0, top));
        return std::max(y, step);
    }

    QString m_sentence;
    QString m_detail;
    mutable QHash<int, int> m_heights; ///< by width
    bool m_strong = true;
};

namespace {

constexpr std::chrono::seconds kLookAgain(1);

/// The text, and the buttons beside it; below it where there is no room, as in a form.
class BannerBody final : public QLayout
{
public:
    BannerBody(QWidget *text, QLayout *buttons)
        : m_text(new QWidgetItem(text))
        , m_buttons(buttons)
    {
        addChildWidget(text);
        addChildLayout(buttons);
    }
    ~BannerBody() override { delete m_text; }

    void addItem(QLayoutItem *) override {} // there are these two
    int count() const override { return 2; }
    QLayoutItem *itemAt(int index) const override
    {
        return index == 0 ? m_text : index == 1 ? m_buttons : nullptr;
    }
    QLayoutItem *takeAt(int) override { return nullptr; }
    Qt::Orientations expandingDirections() const override { return Qt::Horizontal; }
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override
    {
        if (isStacked(width))
            return m_text->heightForWidth(width) + kGap + m_buttons->sizeHint().height();
        return std::max(m_text->heightForWidth(width - buttonsWidth()), m_buttons->sizeHint().height());
    }
    QSize sizeHint() const override
    {
        const int width = m_text->sizeHint().width() + buttonsWidth();
        return QSize(width, heightForWidth(width));
    }
    QSize minimumSize() const override { return m_text->minimumSize().expandedTo(m_buttons->minimumSize()); }
    void setGeometry(const QRect &rect) override
    {
        QLayout::setGeometry(rect);
        const QSize size = m_buttons->sizeHint();
        const bool stacked = isStacked(rect.width());
        QRect text = rect;
        QRect buttons(rect.topLeft(), QSize(std::min(size.width(), rect.width()), size.height()));
        if (stacked) {
            buttons.moveBottom(rect.bottom());
            text.setBottom(buttons.top() - kGap);
        } else {
            text.setWidth(rect.width() - buttonsWidth());
            buttons.moveTopLeft(
                QPoint(rect.right() + 1 - size.width(), rect.top() + (rect.height() - size.height()) / 2));
        }
        const Qt::LayoutDirection direction = parentWidget()->layoutDirection();
        m_text->setGeometry(QStyle::visualRect(direction, rect, text));
        m_buttons->setGeometry(QStyle::visualRect(direction, rect, buttons));
    }

private:
    static constexpr int kGap = 10;
    static constexpr int kLeastText = 160;

    int buttonsWidth() const { return m_buttons->isEmpty() ? 0 : m_buttons->sizeHint().width() + kGap; }
    bool isStacked(int width) const { return !m_buttons->isEmpty() && width < kLeastText + buttonsWidth(); }

    QLayoutItem *m_text;
    QLayout *m_buttons;
};

Tone toneOf(MessageBanner::Kind kind)
{
    switch (kind) {
    case MessageBanner::Kind::Danger:
        return Tone::Danger;
    case MessageBanner::Kind::Warn:
        return Tone::Warn;
    case MessageBanner::Kind::Ok:
        return Tone::Ok;
    case MessageBanner::Kind::Info:
        break;
    }
    return Tone::Accent;
}

Icon iconOf(MessageBanner::Kind kind)
{
    switch (kind) {
    case MessageBanner::Kind::Danger:
        return Icon::Error;
    case MessageBanner::Kind::Warn:
        return Icon::Warning;
    case MessageBanner::Kind::Ok:
        return Icon::Success;
    case MessageBanner::Kind::Info:
        break;
    }
    return Icon::Info;
}

} // namespace

MessageBanner::MessageBanner(QWidget *parent)
    : QFrame(parent)
{
    setObjectName(QStringLiteral("messageBanner"));
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(12, 10, 12, 10);
    row->setSpacing(10);
    m_glyph = new Glyph(Icon::Info, Tone::Accent, metrics::iconNavigation, this);
    m_text = new BannerText(this);
    m_text->setObjectName(QStringLiteral("bannerText"));
    m_buttons = new QHBoxLayout;
    m_buttons->setSpacing(metrics::space8);
    auto *body = new BannerBody(m_text, m_buttons);
    m_close = makeToolButton(Icon::Close, tr("Close this message"), this);
    m_close->setObjectName(QStringLiteral("bannerClose"));
    m_close->setIconSize(QSize(metrics::iconButton, metrics::iconButton));
    setSmall(m_close);
    row->addWidget(m_glyph);
    row->addLayout(body, 1);
    row->addWidget(m_close);
    m_leave.setParent(this);
    m_leave.setSingleShot(true);
    connect(m_close, &QToolButton::clicked, this, [this] {
        clear();
        emit closed();
    });
    connect(&m_leave, &QTimer::timeout, this, &MessageBanner::leaveIfQuiet);
    hide();
}

void MessageBanner::showMessage(Kind kind, const QString &sentence, const QString &detail)
{
    clear();
    m_kind = kind;
    m_glyph->setIcon(iconOf(kind));
    m_glyph->setTone(toneOf(kind));
    m_text->setTexts(sentence, detail, kind != Kind::Info || !detail.isEmpty());
    setAccessibleName(m_text->accessibleName());
    m_close->show();
    show();
    m_pointer = QCursor::pos();
    if (kind == Kind::Ok)
        m_leave.start(m_okDuration);
    QAccessibleEvent alert(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
    update();
}

void MessageBanner::showError(const Error &error)
{
    showMessage(Kind::Danger, error.message, errorDetail(error));
}

void MessageBanner::setIcon(Icon icon)
{
    m_glyph->setIcon(icon);
}

QPushButton *MessageBanner::addButton(const QString &text)
{
    QPushButton *button = makeButton(asLabel(text), ButtonRole::Plain, this);
    setSmall(button);
    m_buttons->addWidget(button);
    button->show(); // the layout would do so a turn later
    // In reading order, before Close: what is made later would come last in the window.
    setTabOrder(m_close, button);
    setTabOrder(button, m_close);
    return button;
}

void MessageBanner::setClosable(bool closable)
{
    m_close->setVisible(closable);
}

void MessageBanner::clear()
{
    m_leave.stop();
    removeButtons();
    m_text->setTexts({}, {}, true);
    setToolTip({});
    hide();
}

void MessageBanner::removeButtons()
{
    while (QLayoutItem *item = m_buttons->takeAt(0)) {
        item->widget()->hide();
        item->widget()->deleteLater();
        delete item;
    }
}

void MessageBanner::letGo()
{
    removeButtons();
    m_pointer = {};
    leaveIfQuiet();
}

QString MessageBanner::sentence() const
{
    return m_text->sentence();
}

QString MessageBanner::detail() const
{
    return m_text->detail();
}

// A button in an ok banner is an offer: who makes it decides when it ends. Nothing moves under a pointer that
// is being moved, perhaps to press something.
void MessageBanner::leaveIfQuiet()
{
    if (m_buttons->count() > 0)
        return;
    const QPoint pointer = std::exchange(m_pointer, QCursor::pos());
    const bool isMoving = pointer != m_pointer && parentWidget() && parentWidget()->underMouse();
    if (m_close->hasFocus() || underMouse() || isMoving)
        m_leave.start(std::min<std::chrono::milliseconds>(kLookAgain, m_okDuration));
    else
        clear();
}

void MessageBanner::paintEvent(QPaintEvent *)
{
    const Theme &theme = themeFor(palette());
    QPainter painter(this);
    const Tone tone = toneOf(m_kind);
    const QColor fill = m_kind == Kind::Info ? theme.sunken : tint(theme, tone);
    paintRounded(&painter, rect(), metrics::cardRadius, fill, outline(theme, tone));
}

QString errorDetail(const Error &error)
{
    QStringList parts;
    if (!error.vendorText.isEmpty() && !error.message.contains(error.vendorText))
        parts << MessageBanner::tr("“%1”").arg(error.vendorText);
    if (error.httpStatus > 0 && !saysStatus(error))
        parts << MessageBanner::tr("Status %1.").arg(error.httpStatus);
    if (const QString rest = detailBeyond(error); !rest.isEmpty())
        parts << rest;
    if (!error.requestId.isEmpty())
        parts << MessageBanner::tr("Request ID %1").arg(error.requestId);
    return parts.join(u' ');
}

} // namespace latchkey

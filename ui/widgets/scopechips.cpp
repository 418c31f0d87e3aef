// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/scopechips.h"

#include "style/icons.h"
#include "style/metrics.h"
#include "style/paint.h"
#include "style/typography.h"

#include <QAbstractItemView>
#include <QCompleter>
#include <QKeyEvent>
#include <QLineEdit>
#include <QRegularExpression>
#include <QStringListModel>
#include <QTimer>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

constexpr int inset = 4;
constexpr int gap = 4;
constexpr int crossWidth = 24;
constexpr int shortestEditor = 80;

int chipHeight(const QFontMetrics &metrics)
{
    return metrics::heightFor(metrics::chip, metrics, 17);
}

} // namespace

ScopeChips::ScopeChips(QWidget *parent)
    : QWidget(parent)
{
    setAccessibleName(tr("Scopes"));
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    m_editor = new QLineEdit(this);
    m_editor->setObjectName(u"scopeEditor"_s);
    m_editor->setFrame(false);
    setTextStyle(this, TextStyle::Fixed);
    m_editor->setPlaceholderText(tr("Add"));
    m_editor->setProperty("latchkeyInnerFocus", true);
    m_editor->installEventFilter(this);
    setFocusProxy(m_editor);
    m_suggestions = new QStringListModel(this);
    auto *completer = new QCompleter(m_suggestions, this);
    completer->setFilterMode(Qt::MatchContains);
    completer->setCaseSensitivity(Qt::CaseInsensitive);
    m_editor->setCompleter(completer);
    connect(completer, qOverload<const QString &>(&QCompleter::activated), this,
            [this](const QString &scope) {
                take(scope);
                // The completer fills the editor after this signal.
                QMetaObject::invokeMethod(m_editor, &QLineEdit::clear, Qt::QueuedConnection);
            });
    connect(m_editor, &QLineEdit::textChanged, this, [this](const QString &text) {
        select(-1);
        static const QRegularExpression ends(u"[\\s,]"_s);
        if (text.contains(ends)) {
            take(text);
            m_editor->clear();
        }
    });
    changed();
}

void ScopeChips::setScopes(const QStringList &scopes)
{
    m_scopes.clear();
    for (const QString &scope : scopes) {
        if (!m_scopes.contains(scope))
            m_scopes << scope;
    }
    m_selected = -1;
    changed();
}

void ScopeChips::setSuggestions(const QStringList &suggestions)
{
    m_suggestions->setStringList(suggestions);
}

void ScopeChips::setReadOnly(bool readOnly)
{
    m_readOnly = readOnly;
    m_editor->setVisible(!readOnly);
    arrangeNow();
}

ScopeChips::Arrangement ScopeChips::arrange(int width) const
{
    const int height = chipHeight(fontMetrics());
    const int step = height + gap;
    Arrangement result;
    int x = inset;
    int y = inset + 1;
    for (const QString &scope : m_scopes) {
        const int wanted = 9 + fontMetrics().horizontalAdvance(scope) + (m_readOnly ? 9 : crossWidth);
        const int chip = std::min(wanted, width - 2 * inset);
        if (x > inset && x + chip > width - inset) {
            x = inset;
            y += step;
        }
        result.chips.emplace_back(x, y, chip, height);
        x += chip + gap;
    }
    if (!m_readOnly) {
        if (x > inset && x + shortestEditor > width - inset) {
            x = inset;
            y += step;
        }
        result.editor = QRect(x, y, width - inset - x, height);
    }
    result.height = std::max(y + height + inset + 1, metrics::heightFor(metrics::control, fontMetrics(), 17));
    return result;
}

QRect ScopeChips::crossOf(const QRect &chip) const
{
    return QRect(chip.right() - crossWidth + 1, chip.y(), crossWidth, chip.height());
}

void ScopeChips::arrangeNow()
{
    m_arrangement = arrange(width());
    m_editor->setGeometry(QStyle::visualRect(layoutDirection(), rect(), m_arrangement.editor));
    updateGeometry();
    update();
}

QSize ScopeChips::sizeHint() const
{
    return QSize(280, heightForWidth(std::max(width(), 120)));
}

QSize ScopeChips::minimumSizeHint() const
{
    return QSize(120, sizeHint().height());
}

int ScopeChips::heightForWidth(int width) const
{
    return arrange(width).height;
}

bool ScopeChips::take(const QString &text)
{
    static const QRegularExpression separators(u"[\\s,]+"_s);
    const QStringList words = text.split(separators, Qt::SkipEmptyParts);
    bool added = false;
    for (const QString &word : words) {
        if (const qsizetype known = m_scopes.indexOf(word); known >= 0) {
            flash(static_cast<int>(known));
        } else {
            m_scopes << word;
            added = true;
        }
    }
    if (added) {
        changed();
        emit scopesChanged(m_scopes);
    }
    return !words.isEmpty();
}

void ScopeChips::remove(int chip)
{
    m_scopes.removeAt(chip);
    m_selected = -1;
    changed();
    emit scopesChanged(m_scopes);
}

void ScopeChips::select(int chip)
{
    if (chip == m_selected)
        return;
    m_selected = chip;
    m_editor->setAccessibleDescription(chip < 0 ? QString() : tr("%1 selected").arg(m_scopes.at(chip)));
    update();
}

void ScopeChips::flash(int chip)
{
    m_flashed = chip;
    update();
    QTimer::singleShot(std::chrono::milliseconds(600), this, [this] {
        m_flashed = -1;
        update();
    });
}

void ScopeChips::changed()
{
    setAccessibleDescription(m_scopes.join(u", "_s));
    m_editor->setAccessibleName(m_scopes.isEmpty() ? tr("Add scope, none yet")
                                                   : tr("Add scope to %1").arg(m_scopes.join(u", "_s)));
    arrangeNow();
}

bool ScopeChips::handleKey(int key)
{
    const int last = static_cast<int>(m_scopes.size()) - 1;
    const bool atStart = m_editor->cursorPosition() == 0 && !m_editor->hasSelectedText();
    const bool mirrored = layoutDirection() == Qt::RightToLeft;
    const int backward = mirrored ? Qt::Key_Right : Qt::Key_Left;
    const int forward = mirrored ? Qt::Key_Left : Qt::Key_Right;
    if (key == Qt::Key_Backspace && m_editor->text().isEmpty()) {
        if (m_selected >= 0)
            remove(m_selected);
        else if (last >= 0)
            select(last);
        return true;
    }
    if (key == Qt::Key_Delete && m_selected >= 0) {
        remove(m_selected);
        return true;
    }
    if (key == backward && atStart && last >= 0) {
        select(m_selected < 0 ? last : std::max(0, m_selected - 1));
        return true;
    }
    if (key == forward && m_selected >= 0) {
        select(m_selected == last ? -1 : m_selected + 1);
        return true;
    }
    if ((key == Qt::Key_Return || key == Qt::Key_Enter) && !m_editor->text().isEmpty()) {
        take(m_editor->text());
        m_editor->clear();
        return true;
    }
    return false;
}

bool ScopeChips::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_editor) {
        if (event->type() == QEvent::KeyPress) {
            const auto *key = static_cast<QKeyEvent *>(event);
            const bool plain =
                !(key->modifiers() & (Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier));
            if (plain && handleKey(key->key()))
                return true;
        } else if (event->type() == QEvent::FocusOut) {
            const auto reason = static_cast<QFocusEvent *>(event)->reason();
            if (reason != Qt::PopupFocusReason && reason != Qt::ActiveWindowFocusReason) {
                take(m_editor->text());
                m_editor->clear();
            }
            select(-1);
            update();
        } else if (event->type() == QEvent::FocusIn) {
            update();
        }
    }
    return QWidget::eventFilter(watched, event);
}

void ScopeChips::mousePressEvent(QMouseEvent *event)
{
    if (m_readOnly)
        return;
    for (size_t chip = 0; chip < m_arrangement.chips.size(); ++chip) {
        const auto seen = [this](const QRect &area) {
            return QStyle::visualRect(layoutDirection(), rect(), area);
        };
        if (seen(crossOf(m_arrangement.chips[chip])).contains(event->position().toPoint())) {
            remove(static_cast<int>(chip));
            return;
        }
        if (seen(m_arrangement.chips[chip]).contains(event->position().toPoint()))
            select(static_cast<int>(chip));
    }
    m_editor->setFocus(Qt::MouseFocusReason);
}

void ScopeChips::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::LayoutDirectionChange)
        arrangeNow();
}

void ScopeChips::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    arrangeNow();
}

void ScopeChips::paintEvent(QPaintEvent *)
{
    const Theme &theme = themeFor(palette());
    QPainter painter(this);
    const bool focused = m_editor->hasFocus();
    const bool keyboard = focused && window()->testAttribute(Qt::WA_KeyboardFocusChange);
    const QColor border = m_readOnly || !isEnabled()           ? theme.line
                          : property("latchkeyError").toBool() ? theme.danger
                          : keyboard || focused                ? theme.accent
                                                               : theme.lineStrong;
    paintRounded(&painter, rect(), metrics::controlRadius, m_readOnly ? theme.sunken : theme.base, border,
                 keyboard ? 2 : 1);
    painter.setFont(font());
    const auto place = [this](const QRect &area) {
        return QStyle::visualRect(layoutDirection(), rect(), area);
    };
    for (size_t chip = 0; chip < m_arrangement.chips.size(); ++chip) {
        const QRect &area = m_arrangement.chips[chip];
        const int index = static_cast<int>(chip);
        const bool selected = index == m_selected;
        const QColor fill = selected ? theme.accentTint : index == m_flashed ? theme.warnTint : theme.sunken;
        const QColor edge = selected ? theme.accent : index == m_flashed ? theme.warnLine : theme.line;
        paintRounded(&painter, place(area), metrics::controlRadius, fill, edge);
        painter.setPen(!isEnabled() ? theme.disabled : selected ? theme.accentInk : theme.text);
        const QRect room = area.adjusted(9, 0, m_readOnly ? -8 : -crossWidth, 0);
        painter.drawText(place(room), Qt::AlignVCenter | Qt::AlignLeading,
                         fontMetrics().elidedText(m_scopes.at(index), Qt::ElideMiddle, room.width() + 1));
        if (!m_readOnly)
            paintIcon(&painter, place(crossOf(area)), Icon::Close, metrics::iconBadge, theme.muted);
    }
}

} // namespace latchkey

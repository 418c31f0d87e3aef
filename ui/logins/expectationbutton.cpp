// SPDX-License-Identifier: GPL-3.0-or-later
#include "logins/expectationbutton.h"

#include "logins/errorfields.h"
#include "style/buttonrole.h"
#include "widgets/editordialog.h"

#include <QMenu>

namespace latchkey {

using namespace Qt::StringLiterals;

using Kind = LoginExpectation::Kind;

namespace {

QString shortText(const LoginExpectation &expectation)
{
    switch (expectation.kind) {
    case Kind::None:
        return ExpectationButton::tr("anything");
    case Kind::Success:
        return ExpectationButton::tr("success");
    case Kind::Error:
        break;
    }
    return expectation.error.isEmpty() ? expectation.description : expectation.error;
}

} // namespace

ExpectationButton::ExpectationButton(QWidget *parent)
    : QPushButton(parent)
{
    setObjectName(u"loginExpectation"_s);
    setButtonRole(this, ButtonRole::Plain);
    auto *menu = new QMenu(this);
    menu->setObjectName(u"expectationMenu"_s);
    setMenu(menu);
    connect(menu, &QMenu::aboutToShow, this, &ExpectationButton::fillMenu);
    fillMenu();
    setExpectation({});
}

void ExpectationButton::setExpectation(const LoginExpectation &expectation)
{
    m_expectation = expectation;
    //: On a button: what a login shall end with
    const QString text = tr("Expect: %1").arg(shortText(expectation));
    constexpr int longest = 20;
    setText(text.size() > longest ? text.first(longest - 1) + u'…' : text);
    setToolTip(expectation.kind == Kind::Error ? expectation.text()
                                               : tr("What the login shall end with. Run all compares."));
    setAccessibleName(text);
}

void ExpectationButton::fillMenu()
{
    menu()->clear();
    const auto add = [this](const QString &text, const LoginExpectation &expectation) {
        QAction *action = menu()->addAction(text, this, [this, expectation] { choose(expectation); });
        action->setCheckable(true);
        action->setChecked(expectation == m_expectation);
    };
    add(tr("Success"), {.kind = Kind::Success});
    add(tr("Anything"), {});
    if (m_lastEnd.kind == Kind::Error)
        //: The error that the last run ended with
        add(tr("This error: %1").arg(shortText(m_lastEnd)), m_lastEnd);
    if (m_expectation.kind == Kind::Error && !(m_expectation == m_lastEnd))
        add(shortText(m_expectation), m_expectation);
    menu()->addSeparator();
    menu()
        ->addAction(tr("An error…"), this, &ExpectationButton::askForError)
        ->setObjectName(u"expectError"_s);
}

void ExpectationButton::choose(const LoginExpectation &expectation)
{
    setExpectation(expectation);
    emit chosen();
}

void ExpectationButton::askForError()
{
    auto *dialog = new EditorDialog(tr("Expect an error"), tr("Expect this error"), this);
    dialog->setObjectName(u"expectationDialog"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    auto *fields = new ErrorFields(*dialog, m_expectation.kind == Kind::Error ? m_expectation : m_lastEnd);
    connect(dialog, &EditorDialog::submitted, this, [this, dialog, fields] {
        choose(fields->expectation());
        dialog->accept();
    });
    dialog->open();
}

} // namespace latchkey

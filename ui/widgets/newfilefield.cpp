// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/newfilefield.h"

#include "style/buttonrole.h"
#include "style/metrics.h"
#include "style/typography.h"

#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QRegularExpression>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kLongestName = 80;

} // namespace

NewFileField::NewFileField(const QString &path, QWidget *parent)
    : QWidget(parent)
    , m_path(new QLineEdit(path))
{
    m_path->setObjectName(u"newFile.path"_s);
    m_path->setAccessibleName(tr("File"));
    setTextStyle(m_path, TextStyle::Fixed);
    auto *choose = makeButton(tr("Choose…"));
    choose->setObjectName(u"newFile.choose"_s);
    choose->setAccessibleName(tr("Choose where to write"));
    choose->setAutoDefault(false);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins({});
    row->setSpacing(metrics::space8);
    row->addWidget(m_path, 1);
    row->addWidget(choose);
    setFocusProxy(m_path);
    connect(choose, &QPushButton::clicked, this, &NewFileField::choose);
}

QString NewFileField::path() const
{
    return m_path->text().trimmed();
}

void NewFileField::setEnding(const QStringList &endings, const QString &ending)
{
    for (const QString &each : endings) {
        if (path().endsWith(each)) {
            m_path->setText(path().chopped(each.size()) + ending);
            return;
        }
    }
}

QString NewFileField::problem() const
{
    const QFileInfo file(path());
    if (path().isEmpty())
        return tr("A file name is needed.");
    if (!file.isAbsolute())
        return tr("Give the whole path, from the root on.");
    if (file.exists())
        return tr("There is a file of this name already. Choose another one.");
    return file.dir().exists() ? QString() : tr("There is no such folder.");
}

void NewFileField::choose()
{
    auto *files = new QFileDialog(this, tr("Choose where to write"), QFileInfo(path()).path());
    files->setObjectName(u"newFile.files"_s);
    files->setAttribute(Qt::WA_DeleteOnClose);
    files->setAcceptMode(QFileDialog::AcceptSave);
    files->setOption(QFileDialog::DontConfirmOverwrite); // it is refused here
    files->selectFile(QFileInfo(path()).fileName());
    connect(files, &QFileDialog::fileSelected, m_path, &QLineEdit::setText);
    files->open();
}

QString fileNameOf(const QString &names)
{
    static const QRegularExpression unfit(u"[^A-Za-z0-9._-]+"_s);
    return QString(names).replace(unfit, u"-"_s).left(kLongestName);
}

} // namespace latchkey

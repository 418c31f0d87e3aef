// SPDX-License-Identifier: GPL-3.0-or-later
#include "credentials/importdialog.h"

#include "core/plaintext.h"
#include "interchange/envcredentials.h"
#include "interchange/sealedfile.h"
#include "interchange/sourcetext.h"
#include "keychainstate.h"
#include "net/worker.h"
#include "style/metrics.h"
#include "widgets/formfield.h"
#include "widgets/label.h"
#include "widgets/messagebanner.h"
#include "widgets/passwordfield.h"

#include <QComboBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QPushButton>
#include <QTableView>
#include <QVBoxLayout>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

constexpr int kWidth = 720;
constexpr int kFewRows = 4;

QStringList nameFilters()
{
    return {ImportDialog::tr("Credentials (%1)")
                .arg(u"*.env .env* *.json *.csv *.tsv *.properties *.ini *.config *.latchkey"_s),
            ImportDialog::tr("All files (%1)").arg(u"*"_s)};
}

} // namespace

ImportDialog::ImportDialog(Session &session, const PanelTools &tools, const SourcePlaces &places,
                           QWidget *parent)
    : DialogFrame(tr("Import credentials"), parent)
    , m_session(session)
    , m_tools(tools)
    , m_places(places)
{
    setObjectName(u"importDialog"_s);
    setAttribute(Qt::WA_DeleteOnClose);
    setEnvironment(session.tenant().type);
    setSubtitle(session.tenant().name);
    setMinimumWidth(480);
    resize(kWidth, height());
    makeSource();
    makePreview();
    makePlace();
    addButton(tr("Cancel"), QDialogButtonBox::RejectRole)->setObjectName(u"cancel"_s);
    m_verb = addButton({}, QDialogButtonBox::AcceptRole, ButtonRole::Main);
    m_verb->setObjectName(u"import.verb"_s);
    m_verb->setDefault(true);
    connect(m_verb, &QPushButton::clicked, this, &ImportDialog::submit);
    connect(&m_model, &ImportModel::chosenChanged, this, &ImportDialog::updateChoice);
    updateChoice();
    loadCurrent();
}

void ImportDialog::makeSource()
{
    m_source = new QComboBox;
    for (const CredentialSource &source : findCredentialSources(m_places))
        m_source->addItem(source.path.isEmpty() ? source.title : u"%1: %2"_s.arg(source.title, source.path),
                          source.path);
    if (m_source->count() == 0) {
        m_source->addItem(tr("Nothing found in the usual places"));
        m_source->setEnabled(false);
    }
    m_source->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_source->setMinimumContentsLength(20);
    auto *choose = makeButton(tr("Choose a file…"));
    choose->setObjectName(u"import.choose"_s);
    choose->setAutoDefault(false);
    connect(choose, &QPushButton::clicked, this, &ImportDialog::chooseFile);
    connect(m_source, &QComboBox::activated, this, &ImportDialog::loadCurrent);
    auto *field = new FormField(tr("From"), m_source);
    field->setHelp(
        tr("A .env file, JSON, a Postman environment, properties, INI, CSV, or an encrypted export of "
           "Latchkey."));
    m_source->setObjectName(u"import.source"_s);
    auto *row = new QHBoxLayout;
    row->setSpacing(metrics::space8);
    row->addWidget(field, 1);
    row->addWidget(choose, 0, Qt::AlignVCenter);
    body()->addLayout(row);

    m_passphrase = new PasswordField(tr("passphrase"));
    auto *passphrase = new FormField(tr("Passphrase"), m_passphrase);
    passphrase->setHelp(tr("The file is encrypted. Its passphrase was chosen when it was exported."));
    m_passphrase->setObjectName(u"import.passphrase"_s);
    auto *open = makeButton(tr("Open file"));
    open->setObjectName(u"import.open"_s);
    connect(open, &QPushButton::clicked, this, &ImportDialog::openSealed);
    connect(m_passphrase, &QLineEdit::returnPressed, this, &ImportDialog::openSealed);
    m_passphraseRow = new QWidget;
    auto *second = new QHBoxLayout(m_passphraseRow);
    second->setContentsMargins(0, 0, 0, 0);
    second->setSpacing(metrics::space8);
    second->addWidget(passphrase, 1);
    second->addWidget(open, 0, Qt::AlignVCenter);
    body()->addWidget(m_passphraseRow);
    m_passphraseRow->hide();
}

void ImportDialog::makePreview()
{
    m_table = new QTableView;
    m_table->setObjectName(u"import.table"_s);
    m_table->setAccessibleName(tr("Credentials found"));
    m_table->setModel(&m_model);
    prepareTable(m_table, metrics::twoLineRow);
    m_table->setItemDelegate(new ImportDelegate(m_table));
    m_table->setEditTriggers(QAbstractItemView::DoubleClicked | QAbstractItemView::EditKeyPressed);
    m_table->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    const int row = m_table->verticalHeader()->defaultSectionSize();
    m_table->setMinimumHeight(m_table->horizontalHeader()->height() + kFewRows * row);
    auto *hint = new Label(tr("F2 or a double click changes a name."), TextStyle::Caption, Tone::Muted);
    m_elsewhere = makeParagraph({}, TextStyle::Caption, Tone::Warn);
    m_elsewhere->setObjectName(u"import.elsewhere"_s);
    m_elsewhere->hide();
    m_problems = makeParagraph({}, TextStyle::Caption, Tone::Warn);
    m_problems->setObjectName(u"import.problems"_s);
    m_problems->hide();
    m_preview = new QWidget;
    auto *column = new QVBoxLayout(m_preview);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(metrics::space4);
    column->addWidget(m_table, 1);
    column->addWidget(hint);
    column->addSpacing(metrics::space4);
    body()->addWidget(m_preview, 1);
    body()->addWidget(m_elsewhere);
    body()->addWidget(m_problems);
}

void ImportDialog::makePlace()
{
    m_place = new QComboBox;
    if (!m_session.tenant().isBuiltIn)
        m_place->addItem(tr("Keychain"), static_cast<int>(SecretPlace::Keychain));
    m_place->addItem(tr("This session only"), static_cast<int>(SecretPlace::Session));
    if (m_tools.keychain.isSessionOnly())
        m_place->setCurrentIndex(m_place->findData(static_cast<int>(SecretPlace::Session)));
    m_placeField = new FormField(tr("Keep the secrets in"), m_place);
    m_place->setObjectName(u"import.place"_s);
    const auto describe = [this] {
        const bool isSession = m_place->currentData().toInt() == static_cast<int>(SecretPlace::Session);
        if (isSession)
            m_placeField->setHelp(tr("In memory; gone when Latchkey quits."));
        else if (m_tools.keychain.isReady())
            m_placeField->setHelp(tr("Each goes to %1 and is read back before any row is written.")
                                      .arg(m_tools.keychain.name()));
        else
            m_placeField->setHelp(m_tools.keychain.sentence(), Tone::Warn);
    };
    connect(m_place, &QComboBox::currentIndexChanged, this, describe);
    connect(&m_tools.keychain, &KeychainState::changed, this, describe);
    describe();
    body()->addWidget(m_placeField);
}

void ImportDialog::chooseFile()
{
    auto *files = new QFileDialog(this, tr("Choose a file with credentials"), m_places.home);
    files->setObjectName(u"import.files"_s);
    files->setAttribute(Qt::WA_DeleteOnClose);
    files->setFileMode(QFileDialog::ExistingFile);
    files->setNameFilters(nameFilters());
    files->setFilter(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot);
    connect(files, &QFileDialog::fileSelected, this, &ImportDialog::load);
    files->open();
}

void ImportDialog::load(const QString &path)
{
    int at = m_source->findData(path);
    if (at < 0) {
        if (!m_source->isEnabled())
            m_source->clear();
        m_source->setEnabled(true);
        m_source->addItem(path, path);
        at = m_source->count() - 1;
    }
    m_source->setCurrentIndex(at);
    loadCurrent();
}

void ImportDialog::loadCurrent()
{
    banner()->clear();
    m_content = {};
    m_passphrase->clear();
    m_passphraseRow->hide();
    m_problems->hide();
    m_model.setPlan({});
    if (!m_source->isEnabled())
        return;
    m_reading = std::make_unique<QObject>();
    const QString path = m_source->currentData().toString();
    inWorker<Content>(then(m_reading.get(), [this](const Result<Content> &content) { receive(content); }),
                      [path, environment = m_places.environment]() -> Result<Content> {
                          Content content;
                          if (path.isEmpty())
                              return readEnvironment(environment).map([&](CredentialFile file) {
                                  content.file = std::move(file);
                                  return content;
                              });
                          Result<QByteArray> bytes = readSource(path);
                          if (!bytes)
                              return fail(bytes.error());
                          content.fingerprint = fingerprintOf(*bytes);
                          content.warning = looseModeWarning(path);
                          if (isSealed(*bytes)) {
                              content.sealedBytes = *bytes;
                              return content;
                          }
                          Result<CredentialFile> file = readCredentials(*bytes, {}, path);
                          wipe(*bytes);
                          if (!file)
                              return fail(file.error());
                          content.file = std::move(*file);
                          return content;
                      });
}

void ImportDialog::receive(const Result<Content> &content)
{
    if (!content) {
        banner()->showError(content.error());
        return;
    }
    m_content = *content;
    if (m_content.sealedBytes.isEmpty()) {
        showFile(m_content.file);
        return;
    }
    m_passphraseRow->show();
    m_passphrase->setFocus(Qt::OtherFocusReason);
}

void ImportDialog::openSealed()
{
    QString text = m_passphrase->text();
    const Secret passphrase = Secret::fromText(text);
    wipe(text);
    banner()->clear();
    setBusy(true, tr("Making the key from the passphrase"));
    m_reading = std::make_unique<QObject>();
    inWorker<CredentialFile>(then(m_reading.get(),
                                  [this](const Result<CredentialFile> &file) {
                                      setBusy(false);
                                      updateChoice();
                                      if (!file) {
                                          banner()->showError(file.error());
                                          m_passphrase->setFocus(Qt::OtherFocusReason);
                                          m_passphrase->selectAll();
                                          return;
                                      }
                                      m_passphrase->clear();
                                      m_passphraseRow->hide();
                                      m_content.file = *file;
                                      showFile(*file);
                                  }),
                             [bytes = m_content.sealedBytes, passphrase]() -> Result<CredentialFile> {
                                 const Result<Secret> plain = unsealed(bytes, passphrase);
                                 return plain ? readCredentials(plain->bytes(), CredentialFormat::Json)
                                              : Result<CredentialFile>(fail(plain.error()));
                             });
}

void ImportDialog::showFile(const CredentialFile &file)
{
    const Result<std::vector<ApiCredential>> existing = m_session.credentials().list(m_session.tenant().id);
    if (!existing) {
        banner()->showError(existing.error());
        return;
    }
    m_model.setPlan(
        planImport(file.credentials, m_session.tenant(), *existing, m_session.credentials().workspace()));
    showProblems(file, m_content.warning);
    if (file.credentials.empty())
        banner()->showMessage(MessageBanner::Kind::Warn,
                              tr("There is no API credential in it that can be used."));
    else
        m_table->setFocus(Qt::OtherFocusReason);
    m_table->setCurrentIndex(m_model.index(0, ImportModel::Name));
}

void ImportDialog::showProblems(const CredentialFile &file, const QString &warning)
{
    QStringList lines;
    if (!warning.isEmpty())
        lines.append(warning);
    for (const ImportProblem &problem : file.problems) {
        QString line = withVisibleControls(
            problem.where.isEmpty() ? problem.message : u"%1: %2"_s.arg(problem.where, problem.message));
        line[0] = line[0].toUpper();
        lines.append(line);
    }
    m_problems->setText(lines.join(u'\n'));
    m_problems->setVisible(!lines.isEmpty());
    fit();
}

void ImportDialog::updateChoice()
{
    const int count = static_cast<int>(m_model.chosen().size());
    m_verb->setText(count == 0 ? tr("Import credentials") : tr("Import %n credential(s)", nullptr, count));
    m_verb->setEnabled(count > 0 && !isBusy());
    const int elsewhere = m_model.chosenOfOthers();
    m_elsewhere->setText(
        tr("%n chosen credential(s) have the address of another tenant. Here their secrets are sent "
           "to %1.",
           nullptr, elsewhere)
            .arg(m_session.tenant().host()));
    if (m_elsewhere->isVisibleTo(this) != (elsewhere > 0)) {
        m_elsewhere->setVisible(elsewhere > 0);
        fit();
    }
}

void ImportDialog::submit()
{
    const std::vector<FoundCredential> rows = m_model.chosen();
    banner()->clear();
    setBusy(true, tr("Storing the secrets"));
    m_import = new CredentialImport(m_session.credentials(), m_session.tenant().id,
                                    static_cast<SecretPlace>(m_place->currentData().toInt()));
    connect(m_import, &CredentialImport::progressed, this, [this](int stored, int all) {
        setBusy(true, tr("%1 of %2 secrets stored").arg(locale().toString(stored), locale().toString(all)));
    });
    m_import->start(
        rows, then(this, [this](const Result<std::vector<ApiCredential>> &added) { receiveImport(added); }));
}

void ImportDialog::receiveImport(const Result<std::vector<ApiCredential>> &added)
{
    m_import = nullptr;
    setBusy(false);
    updateChoice();
    if (!added) {
        showError(added.error());
        return;
    }
    ImportOutcome outcome{
        .added = *added, .path = m_source->currentData().toString(), .fingerprint = m_content.fingerprint};
    for (const ImportRow &row : m_model.records())
        outcome.leftInFile += row.isChosen || row.planned.isExisting ? 0 : 1;
    accept();
    emit imported(outcome);
}

void ImportDialog::showError(const Error &error)
{
    DialogFrame::showError(error);
    updateChoice();
    if (!isKeychain(error.kind))
        return;
    QPushButton *session = banner()->addButton(tr("Use for this session"));
    session->setObjectName(u"import.useSession"_s);
    connect(
        session, &QPushButton::clicked, this,
        [this] {
            banner()->clear();
            m_place->setCurrentIndex(m_place->findData(static_cast<int>(SecretPlace::Session)));
        },
        Qt::QueuedConnection);
}

void ImportDialog::reject()
{
    // What is stored is taken back first; the dialog then says so and stays.
    if (m_import) {
        m_import->cancel();
        setBusy(true, tr("Taking the secrets back"));
        return;
    }
    DialogFrame::reject();
}

} // namespace latchkey

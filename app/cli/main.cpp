// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/command.h"
#include "cli/output.h"
#include "core/process.h"

#include <QCoreApplication>
#include <QTimer>

#include <cstdio>

using namespace Qt::StringLiterals;
using namespace latchkey;

int main(int argc, char *argv[])
{
#ifdef NDEBUG
    hardenProcess();
#endif
    QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(u"latchkey"_s);
    QCoreApplication::setApplicationVersion(QStringLiteral(LATCHKEY_VERSION));

    const QStringList words = application.arguments().sliced(1);
    const Result<cli::Arguments> arguments = cli::parseArguments(words);
    if (!arguments) {
        if (words.contains("--json"_L1))
            cli::printJson({{u"error"_s, cli::errorJson(arguments.error())}});
        cli::printError(cli::errorText(arguments.error()));
        return static_cast<int>(cli::Exit::Usage);
    }
    if (!arguments->help.isEmpty()) {
        cli::printOut(arguments->help);
        return static_cast<int>(cli::Exit::Done);
    }
    cli::Command command(*arguments);
    QTimer::singleShot(0, &command, &cli::Command::run);
    const int code = QCoreApplication::exec();
    if (!std::ferror(stdout))
        return code;
    cli::printError(
        QCoreApplication::translate("main", "latchkey-cli: standard output cannot be written.\n"));
    return code == 0 ? static_cast<int>(cli::Exit::Refused) : code;
}

// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/secretinput.h"

#include "cli/output.h"

#include <QByteArray>
#include <QCoreApplication>

#include <algorithm>
#include <csignal>
#include <cstdio>

#include <termios.h>
#include <unistd.h>

namespace latchkey::cli {

using namespace Qt::StringLiterals;

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("SecretInput", text);
}

constexpr qsizetype kLongestLine = 1 << 20;
constexpr qsizetype kLongestInput = 4 << 20; // more than any token may have, so that too much is seen as such

/// One line without its end, read byte by byte so that nothing stays in a buffer of the library. None:
/// it is longer than any secret.
std::optional<QByteArray> readLine()
{
    QByteArray line;
    line.reserve(kLongestLine);
    char byte = 0;
    while (::read(STDIN_FILENO, &byte, 1) == 1 && byte != '\n') {
        if (line.size() == kLongestLine) {
            wipe(line);
            return std::nullopt;
        }
        line.append(byte);
    }
    if (line.endsWith('\r'))
        line.chop(1);
    return line;
}

termios g_terminal{};

void restoreTerminal(int signal)
{
    ::tcsetattr(STDIN_FILENO, TCSANOW, &g_terminal);
    std::signal(signal, SIG_DFL);
    std::raise(signal);
}

std::optional<QByteArray> ask(const QString &prompt)
{
    ::tcgetattr(STDIN_FILENO, &g_terminal);
    auto *const previous = std::signal(SIGINT, restoreTerminal);
    termios silent = g_terminal;
    silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    ::tcsetattr(STDIN_FILENO, TCSANOW, &silent);
    printError(prompt + u": "_s);
    std::optional<QByteArray> line = readLine();
    ::tcsetattr(STDIN_FILENO, TCSANOW, &g_terminal);
    std::signal(SIGINT, previous);
    printError(u"\n"_s);
    return line;
}

} // namespace

SecretInput::SecretInput(bool fromStdin, bool mayAsk)
    : m_fromStdin(fromStdin)
    , m_mayAsk(mayAsk)
{
}

Result<Secret> SecretInput::read(const char *variable, const QString &prompt, bool isNeeded)
{
    std::optional<QByteArray> line = m_fromStdin ? readLine() : qgetenv(variable);
    if (line && line->isEmpty() && isNeeded && !m_fromStdin && m_mayAsk && ::isatty(STDIN_FILENO) == 1)
        line = ask(prompt);
    if (!line)
        return fail(ErrorKind::InvalidInput, tr("%1 is longer than 1 MiB. Nothing was sent.").arg(prompt));
    QByteArray text = std::move(*line);
    if (text.isEmpty() && isNeeded) {
        return fail(ErrorKind::InvalidInput, m_fromStdin ? tr("%1 is missing in standard input.").arg(prompt)
                                                         : tr("%1 is missing. Set %2 or use --secret-stdin.")
                                                               .arg(prompt, QString::fromLatin1(variable)));
    }
    return Secret::takeFrom(text);
}

Result<Secret> SecretInput::readToken()
{
    const bool isTerminal = ::isatty(STDIN_FILENO) == 1;
    const QString prompt = tr("The token");
    std::optional<QByteArray> line = isTerminal && m_mayAsk ? ask(prompt) : readLine();
    if (!line)
        return fail(ErrorKind::InvalidInput, tr("%1 is longer than 1 MiB. Nothing was sent.").arg(prompt));
    QByteArray text = line->trimmed();
    wipe(*line);
    if (text.isEmpty())
        return fail(ErrorKind::InvalidInput, tr("%1 is missing in standard input.").arg(prompt));
    return Secret::takeFrom(text);
}

Result<Secret> SecretInput::readWholeToken()
{
    if (::isatty(STDIN_FILENO) == 1)
        return readToken();
    QByteArray input;
    input.reserve(kLongestInput);
    input.resize(kLongestInput);
    qsizetype size = 0;
    // A pipe gives what it has, which may be a part.
    for (ssize_t part = 1; part > 0 && size < kLongestInput; size += std::max<ssize_t>(part, 0))
        part = ::read(STDIN_FILENO, input.data() + size, static_cast<size_t>(kLongestInput - size));
    const QByteArrayView token = QByteArrayView(input).first(size).trimmed();
    const Secret secret = Secret::copyOf(token);
    wipe(input);
    return secret;
}

} // namespace latchkey::cli

// SPDX-License-Identifier: GPL-3.0-or-later
#include "interchange/reportpage.h"

#include "core/plaintext.h"
#include "interchange/csvcell.h"

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

constexpr QLatin1StringView kStyle =
    ":root{color-scheme:light dark}body{font:15px/1.5 system-ui,sans-serif;max-width:72rem;margin:2rem auto;"
    "padding:0 1rem}table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;"
    "padding:.35rem .75rem .35rem 0;border-bottom:1px solid #8886}code{font:13px ui-monospace,monospace}"
    "td code{margin-right:.5rem}section{break-inside:avoid-page;margin-top:2rem}"_L1;

} // namespace

QString htmlHeadings(const QStringList &titles)
{
    QString html;
    for (const QString &title : titles)
        html += "<th scope=\"col\">"_L1 + title + "</th>"_L1;
    return "<thead><tr>"_L1 + html + "</tr></thead>\n"_L1;
}

QString reportRow(QStringList cells)
{
    for (QString &cell : cells)
        cell = withVisibleControls(cell);
    return csvRow(cells);
}

QString htmlCodes(const QStringList &values)
{
    QString html;
    for (const QString &value : values)
        html += "<code>"_L1 + withVisibleControls(value).toHtmlEscaped() + "</code> "_L1;
    return html.trimmed();
}

QByteArray htmlPage(const QString &title, const QString &content)
{
    const QString escaped = withVisibleControls(title).toHtmlEscaped();
    const QString html =
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
        "'unsafe-inline'\">\n<title>"_L1 +
        escaped + "</title>\n<style>"_L1 + kStyle + "</style>\n</head>\n<body>\n<h1>"_L1 + escaped +
        "</h1>\n"_L1 + content + "</body>\n</html>\n"_L1;
    return html.toUtf8();
}

} // namespace latchkey

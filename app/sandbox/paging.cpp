// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/paging.h"

#include <algorithm>

namespace latchkey::sandbox {

using namespace Qt::StringLiterals;

namespace {

QByteArray cursorTo(qint64 limit, qint64 page)
{
    const QByteArray plain = "limit=" + QByteArray::number(limit) + "&page=" + QByteArray::number(page);
    return plain.toBase64().toPercentEncoding();
}

// A client may send the value of the header as it is, or encode it once more.
std::optional<Form> readCursor(const QString &cursor)
{
    const QByteArray base64 = QByteArray::fromPercentEncoding(cursor.toLatin1());
    const auto decoded = QByteArray::fromBase64Encoding(base64, QByteArray::AbortOnBase64DecodingErrors);
    return decoded ? std::optional(Form::parse(*decoded)) : std::nullopt;
}

tl::unexpected<Response> refused(QLatin1StringView parameter)
{
    return tl::unexpected(apiError(422, u"invalid value in \"%1\""_s.arg(parameter)));
}

} // namespace

tl::expected<Page, Response> Page::read(const Request &request)
{
    Form fields = request.queryFields();
    if (fields.has(u"cursor")) {
        const std::optional<Form> cursor = readCursor(fields.value(u"cursor"));
        if (!cursor || !cursor->has(u"limit") || !cursor->has(u"page"))
            return refused("cursor"_L1);
        fields = *cursor;
    }
    Page page;
    if (fields.has(u"limit"))
        page.limit = fields.integer(u"limit").value_or(0);
    if (page.limit < 1 || page.limit > kLargestLimit)
        return refused("limit"_L1);
    if (fields.has(u"page"))
        page.number = fields.integer(u"page").value_or(0);
    if (page.number < 1 || page.number > 1'000'000'000)
        return refused("page"_L1);
    return page;
}

Headers Page::headers(const Request &request, const QString &baseUrl, qint64 total) const
{
    const qint64 pages = std::max<qint64>(1, (total + limit - 1) / limit);
    Headers headers{{"Current-Page", QByteArray::number(number)},
                    {"Page-Items", QByteArray::number(limit)},
                    {"Total-Pages", QByteArray::number(pages)},
                    {"Total-Count", QByteArray::number(total)}};
    const QByteArray address = (baseUrl + request.path).toUtf8();
    QByteArrayList links;
    const auto link = [&](qint64 page, const QByteArray &relation) {
        links.append('<' + address + "?limit=" + QByteArray::number(limit) +
                     "&page=" + QByteArray::number(page) + ">; rel=\"" + relation + '"');
    };
    link(1, "first");
    if (number > 1 && number <= pages + 1) {
        headers.emplace_back("Before-Cursor", cursorTo(limit, number - 1));
        link(number - 1, "prev");
    }
    if (number < pages) {
        headers.emplace_back("After-Cursor", cursorTo(limit, number + 1));
        link(number + 1, "next");
    }
    link(pages, "last");
    headers.emplace_back("Link", links.join(", "));
    return headers;
}

} // namespace latchkey::sandbox

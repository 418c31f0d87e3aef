// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/verbs.h"

namespace latchkey::cli {

using namespace Qt::StringLiterals;

namespace {

void explainAll(Command &command)
{
    QJsonArray json;
    QString text;
    for (const Explanation &explanation : ErrorExplainer().all()) {
        json.append(explanationJson(explanation));
        text += explanationText(explanation) + u'\n';
    }
    command.succeed({{u"explanations"_s, json}}, text);
}

} // namespace

void explain(Command &command)
{
    const bool wantsOne =
        command.has(u"status"_s) || command.has(u"error"_s) || command.has(u"description"_s);
    if (command.has(u"all"_s) && !wantsOne)
        return explainAll(command);
    if (command.has(u"all"_s))
        return command.refuseUsage(Command::tr("--all explains everything: leave the other options out."));
    if (!wantsOne)
        return command.refuseUsage(Command::tr("Give at least one of --status, --error and --description."));
    const Result<int> status = command.number(u"status"_s, 0, 0, 999);
    if (!status)
        return command.refuse(status.error());
    const Explanation explanation =
        ErrorExplainer().explain(*status, command.value(u"error"_s), command.value(u"description"_s));
    command.succeed(explanationJson(explanation), explanationText(explanation));
}

} // namespace latchkey::cli

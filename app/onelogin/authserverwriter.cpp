// SPDX-License-Identifier: GPL-3.0-or-later
#include "onelogin/authserverwriter.h"

#include "onelogin/writeproof.h"

#include <QCoreApplication>

#include <algorithm>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("AuthServerWriter", text);
}

const QStringList kServerFields{u"name"_s,
                                u"description"_s,
                                u"resource_identifier"_s,
                                u"audiences"_s,
                                u"access_token_expiration_minutes"_s,
                                u"refresh_token_expiration_minutes"_s};
const QStringList kScopeFields{u"value"_s, u"description"_s};
const QStringList kClaimFields{u"name"_s, u"user_attribute_mappings"_s, u"user_attribute_macros"_s,
                               u"attributes_transformations"_s};

template<typename Record>
using IdOf = decltype(Record::id);

/// The requests for one kind of record.
template<typename Record>
struct Requests
{
    QStringList fields{};
    QString Record::*key = nullptr; ///< what tells records of one server apart, beside the id
    std::function<void(const Continuation<std::vector<Record>> &)> list{};
    /// Gives a list that has the record in it if it is there.
    std::function<void(IdOf<Record>, const Continuation<std::vector<Record>> &)> read{};
    std::function<void(const Record &, const Continuation<IdOf<Record>> &)> add{};
    std::function<void(const Record &, const Continuation<> &)> update{};
    std::function<void(IdOf<Record>, const Continuation<> &)> remove{};
};

template<typename Record>
const Record *recordOf(const std::vector<Record> &all, IdOf<Record> id)
{
    const auto found = std::ranges::find(all, id, &Record::id);
    return found == all.end() ? nullptr : &*found;
}

Error gone()
{
    return {.kind = ErrorKind::NotFound, .message = tr("It is gone: someone has deleted it.")};
}

/// What the reading after a write shows.
template<typename Record>
Result<Written<Record>> judge(const Record &wanted, IdOf<Record> id, Result<std::vector<Record>> all,
                              const std::optional<Error> &sendError)
{
    if (!all)
        return fail(unprovenWrite(sendError, all.error()));
    const Record *found = recordOf(*all, id);
    if (!found)
        return fail(writeNotStored(sendError));
    std::vector<FieldDifference> left = differences(wanted, *found);
    if (sendError && !left.empty())
        return fail(writeNotStored(sendError));
    return Written<Record>{.state = left.empty() ? WriteState::Stored : WriteState::NotStored,
                           .found = *found,
                           .differences = std::move(left),
                           .all = std::move(*all)};
}

template<typename Record>
void prove(const Requests<Record> &requests, const Record &wanted, IdOf<Record> id,
           const std::optional<Error> &sendError, const Continuation<Written<Record>> &continuation)
{
    requests.read(
        id, Continuation<std::vector<Record>>(continuation.context(), [=](Result<std::vector<Record>> all) {
            continuation(judge(wanted, id, std::move(all), sendError));
        }));
}

/// A new record without an answer: it is there if one of its key is that was not there before.
template<typename Record>
void findNew(const Requests<Record> &requests, const Record &wanted, const std::vector<Record> &before,
             const Error &sendError, const Continuation<Written<Record>> &continuation)
{
    requests.list(Continuation<std::vector<Record>>(
        continuation.context(), [=](const Result<std::vector<Record>> &all) {
            if (!all)
                return continuation(fail(unprovenWrite(sendError, all.error())));
            const auto found = std::ranges::find_if(*all, [&](const Record &each) {
                return each.*requests.key == wanted.*requests.key && !recordOf(before, each.id);
            });
            if (found == all->end())
                return continuation(fail(writeNotStored(sendError)));
            prove(requests, wanted, found->id, std::optional(sendError), continuation);
        }));
}

template<typename Record>
void addProven(const Requests<Record> &requests, const Record &wanted, const std::vector<Record> &all,
               const Continuation<Written<Record>> &continuation)
{
    if (const std::vector<FieldError> problems = problemsOf(wanted, all); !problems.empty())
        return finishLater<Written<Record>>(continuation, fail(invalidInput(problems)));
    requests.add(wanted,
                 Continuation<IdOf<Record>>(continuation.context(), [=](const Result<IdOf<Record>> &id) {
                     if (id)
                         return prove(requests, wanted, *id, {}, continuation);
                     if (mayHaveBeenDone(id.error().kind))
                         return findNew(requests, wanted, all, id.error(), continuation);
                     continuation(fail(placedOn(id.error(), requests.fields)));
                 }));
}

template<typename Record>
void sendUpdate(const Requests<Record> &requests, const Record &wanted,
                const Continuation<Written<Record>> &continuation)
{
    requests.update(wanted, Continuation<>(continuation.context(), [=](const Result<> &sent) {
                        if (!sent && !mayHaveBeenDone(sent.error().kind))
                            return continuation(fail(placedOn(sent.error(), requests.fields)));
                        prove(requests, wanted, wanted.id, sent ? std::nullopt : std::optional(sent.error()),
                              continuation);
                    }));
}

/// Nothing is sent over what someone else has changed since it was loaded.
template<typename Record>
void updateProven(const Requests<Record> &requests, const Record &loaded, const Record &wanted,
                  const Continuation<Written<Record>> &continuation)
{
    requests.read(
        wanted.id, after<std::vector<Record>>(continuation, [=](const std::vector<Record> &all) {
            const Record *now = recordOf(all, wanted.id);
            if (!now)
                return continuation(fail(gone()));
            if (const std::vector<FieldError> problems = problemsOf(wanted, all); !problems.empty())
                return continuation(fail(invalidInput(problems)));
            std::vector<FieldDifference> since = differences(loaded, *now);
            if (since.empty())
                return sendUpdate(requests, wanted, continuation);
            continuation(Written<Record>{
                .state = WriteState::Conflict, .found = *now, .differences = std::move(since), .all = all});
        }));
}

template<typename Record>
void removeProven(const Requests<Record> &requests, IdOf<Record> id,
                  const Continuation<std::vector<Record>> &continuation)
{
    requests.remove(id, Continuation<>(continuation.context(), [=](const Result<> &sent) {
                        if (!sent && !mayHaveBeenDone(sent.error().kind))
                            return continuation(fail(sent.error()));
                        const auto sendError = sent ? std::nullopt : std::optional(sent.error());
                        requests.read(id, Continuation<std::vector<Record>>(
                                              continuation.context(), [=](Result<std::vector<Record>> all) {
                                                  if (!all && all.error().kind == ErrorKind::NotFound)
                                                      return continuation(std::vector<Record>());
                                                  if (!all)
                                                      return continuation(
                                                          fail(unprovenWrite(sendError, all.error())));
                                                  if (recordOf(*all, id))
                                                      return continuation(fail(writeNotStored(sendError)));
                                                  continuation(std::move(all));
                                              }));
                    }));
}

Requests<AuthServer> serverRequests(const AuthServersApi &api)
{
    return {.fields = kServerFields,
            .key = &AuthServer::resourceIdentifier,
            .list = [api](const auto &next) { api.list(next); },
            .read =
                [api](AuthServerId id, const auto &next) {
                    api.get(id, after<AuthServer>(next, [next](const AuthServer &server) {
                                next(std::vector<AuthServer>{server});
                            }));
                },
            .add = [api](const AuthServer &server, const auto &next) { api.create(server, next); },
            .update = [api](const AuthServer &server, const auto &next) { api.update(server, next); },
            .remove = [api](AuthServerId id, const auto &next) { api.remove(id, next); }};
}

Requests<Scope> scopeRequests(const AuthServersApi &api, AuthServerId server)
{
    return {.fields = kScopeFields,
            .key = &Scope::value,
            .list = [=](const auto &next) { api.scopes(server, next); },
            .read = [=](ScopeId, const auto &next) { api.scopes(server, next); },
            .add = [=](const Scope &scope, const auto &next) { api.addScope(server, scope, next); },
            .update = [=](const Scope &scope, const auto &next) { api.updateScope(server, scope, next); },
            .remove = [=](ScopeId scope, const auto &next) { api.removeScope(server, scope, next); }};
}

Requests<Claim> claimRequests(const AuthServersApi &api, AuthServerId server)
{
    return {.fields = kClaimFields,
            .key = &Claim::name,
            .list = [=](const auto &next) { api.claims(server, next); },
            .read = [=](ClaimId, const auto &next) { api.claims(server, next); },
            .add = [=](const Claim &claim, const auto &next) { api.addClaim(server, claim, next); },
            .update = [=](const Claim &claim, const auto &next) { api.updateClaim(server, claim, next); },
            .remove = [=](ClaimId claim, const auto &next) { api.removeClaim(server, claim, next); }};
}

} // namespace

bool concernsOneAlone(const Error &error)
{
    return error.kind == ErrorKind::Invalid || error.kind == ErrorKind::InvalidInput;
}

void AuthServerWriter::create(const AuthServer &wanted, const std::vector<AuthServer> &all,
                              Continuation<Written<AuthServer>> continuation) const
{
    addProven(serverRequests(m_api), wanted, all, continuation);
}

void AuthServerWriter::update(const AuthServer &loaded, const AuthServer &wanted,
                              Continuation<Written<AuthServer>> continuation) const
{
    updateProven(serverRequests(m_api), loaded, wanted, continuation);
}

void AuthServerWriter::remove(AuthServerId id, Continuation<> continuation) const
{
    removeProven(serverRequests(m_api), id,
                 after<std::vector<AuthServer>>(
                     continuation, [continuation](const std::vector<AuthServer> &) { continuation({}); }));
}

void AuthServerWriter::add(AuthServerId server, const Scope &wanted, const std::vector<Scope> &all,
                           Continuation<Written<Scope>> continuation) const
{
    addProven(scopeRequests(m_api, server), wanted, all, continuation);
}

void AuthServerWriter::update(AuthServerId server, const Scope &loaded, const Scope &wanted,
                              Continuation<Written<Scope>> continuation) const
{
    updateProven(scopeRequests(m_api, server), loaded, wanted, continuation);
}

void AuthServerWriter::remove(AuthServerId server, ScopeId scope,
                              Continuation<std::vector<Scope>> continuation) const
{
    removeProven(scopeRequests(m_api, server), scope, continuation);
}

void AuthServerWriter::add(AuthServerId server, const Claim &wanted, const std::vector<Claim> &all,
                           Continuation<Written<Claim>> continuation) const
{
    addProven(claimRequests(m_api, server), wanted, all, continuation);
}

void AuthServerWriter::update(AuthServerId server, const Claim &loaded, const Claim &wanted,
                              Continuation<Written<Claim>> continuation) const
{
    updateProven(claimRequests(m_api, server), loaded, wanted, continuation);
}

void AuthServerWriter::remove(AuthServerId server, ClaimId claim,
                              Continuation<std::vector<Claim>> continuation) const
{
    removeProven(claimRequests(m_api, server), claim, continuation);
}

} // namespace latchkey

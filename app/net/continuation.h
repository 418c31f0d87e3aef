// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QObject>
#include <QPointer>

#include <functional>
#include <memory>
#include <type_traits>

namespace latchkey {

/// Where a Result<T> goes: a callback that runs at most once and only while its context lives.
/// Destroying the context is how work is cancelled. Functions that take one must not call it
/// before they have returned: use finishLater() for what is known at once.
template<typename T = void>
class Continuation
{
public:
    using Callback = std::function<void(Result<T>)>;

    Continuation(QObject *context, Callback callback)
        : m_state(std::make_shared<State>(State{context, std::move(callback)}))
    {
    }

    void operator()(Result<T> result) const
    {
        Callback callback = std::exchange(m_state->callback, nullptr);
        if (callback && m_state->context)
            callback(std::move(result));
    }

    /// The object whose end cancels; null once it is gone.
    QObject *context() const { return m_state->context; }

private:
    struct State
    {
        QPointer<QObject> context;
        Callback callback;
    };
    std::shared_ptr<State> m_state;
};

namespace detail {

template<typename Callable>
struct ContinuationArgument : ContinuationArgument<decltype(&Callable::operator())>
{
};
template<typename Class, typename Argument>
struct ContinuationArgument<void (Class::*)(Argument) const>
{
    using Value = typename std::remove_cvref_t<Argument>::value_type;
};
template<typename Class, typename Argument>
struct ContinuationArgument<void (Class::*)(Argument)>
{
    using Value = typename std::remove_cvref_t<Argument>::value_type;
};

} // namespace detail

/// `then(this, [this](Result<Token> token) { … })`
template<typename Callable>
auto then(QObject *context, Callable callable)
{
    return Continuation<typename detail::ContinuationArgument<Callable>::Value>(context, std::move(callable));
}

/// A step whose error goes straight on: `after<Token>(next, [=](Token token) { …; next(…); })`.
template<typename T, typename Next, typename Callable>
Continuation<T> after(Continuation<Next> next, Callable callable)
{
    QObject *context = next.context();
    return Continuation<T>(context,
                           [next = std::move(next), callable = std::move(callable)](Result<T> result) {
                               if (!result)
                                   next(tl::unexpected<Error>(std::move(result.error())));
                               else if constexpr (std::is_void_v<T>)
                                   callable();
                               else
                                   callable(std::move(*result));
                           });
}

/// Calls the continuation from the event loop.
template<typename T>
void finishLater(const Continuation<T> &continuation, Result<T> result)
{
    if (!continuation.context())
        return;
    QMetaObject::invokeMethod(
        continuation.context(), [continuation, result = std::move(result)]() { continuation(result); },
        Qt::QueuedConnection);
}

} // namespace latchkey

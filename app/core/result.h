// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/error.h"

#include <tl/expected.hpp>

namespace latchkey {

/// A value or the reason why there is none.
template<typename T = void>
using Result = tl::expected<T, Error>;

/// An error as the value of any Result: `return fail({.kind = …, .message = …});`
inline tl::unexpected<Error> fail(Error error)
{
    return tl::unexpected<Error>(std::move(error));
}

inline tl::unexpected<Error> fail(ErrorKind kind, QString message, QString detail = {})
{
    return fail(Error{.kind = kind, .message = std::move(message), .detail = std::move(detail)});
}

} // namespace latchkey

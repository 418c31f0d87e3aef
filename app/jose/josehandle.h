// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

extern "C" {
#include <jose/jose.h>
}

namespace latchkey {

struct JsonDeleter
{
    void operator()(json_t *value) const { json_decref(value); }
};
/// A value of libjose's JSON library, owned.
using JoseJson = std::unique_ptr<json_t, JsonDeleter>;

struct JoseConfigDeleter
{
    void operator()(jose_cfg_t *config) const { jose_cfg_decref(config); }
};
using JoseConfig = std::unique_ptr<jose_cfg_t, JoseConfigDeleter>;

inline void keepJoseQuiet(void *, const char *, int, uint64_t, const char *, va_list) {}

/// Without an error function the library prints to standard error. Null if memory is out.
inline JoseConfig quietJose()
{
    JoseConfig config(jose_cfg());
    if (config)
        jose_cfg_set_err_func(config.get(), &keepJoseQuiet, nullptr);
    return config;
}

} // namespace latchkey

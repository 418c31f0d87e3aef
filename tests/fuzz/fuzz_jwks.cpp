// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes as a key set, used for a token that none of the keys made.
#include "jose/vectors.h"
#include "jose/verifier.h"

#include <cstdint>
#include <cstdlib>

using namespace latchkey;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size);

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    static const Result<DecodedJws> rsa = decodeJws(vectors::kRfc7515A2Token);
    static const Result<DecodedJws> ec = decodeJws(vectors::kRfc7515A3Token);
    if (!rsa || !ec)
        std::abort();
    Result<Jwks> set = parseJwks(QByteArrayView(data, static_cast<qsizetype>(size)).toByteArray());
    if (!set)
        return 0;
    set->notes();
    const Verifier verifier(std::move(*set));
    if (verifier.verify(*rsa).isValid() || verifier.verify(*ec).isValid())
        std::abort();
    return 0;
}

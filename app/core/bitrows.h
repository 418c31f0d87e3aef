// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <algorithm>
#include <bit>
#include <span>
#include <vector>

namespace latchkey {

/// One row of bits, for example one bit a scope. Bits beyond its end read as unset.
using BitRow = std::vector<quint64>;
using BitSpan = std::span<const quint64>;

inline constexpr size_t kBitsAWord = 64;

inline bool hasBit(BitSpan bits, size_t bit)
{
    return bit / kBitsAWord < bits.size() && (bits[bit / kBitsAWord] >> (bit % kBitsAWord) & 1) != 0;
}

inline void setBit(BitRow &bits, size_t bit)
{
    if (bit / kBitsAWord >= bits.size())
        bits.resize(bit / kBitsAWord + 1);
    bits[bit / kBitsAWord] |= quint64(1) << (bit % kBitsAWord);
}

inline int countBits(BitSpan bits)
{
    int count = 0;
    for (quint64 word : bits)
        count += std::popcount(word);
    return count;
}

inline int countCommonBits(BitSpan left, BitSpan right)
{
    int count = 0;
    for (size_t i = 0; i < std::min(left.size(), right.size()); ++i)
        count += std::popcount(left[i] & right[i]);
    return count;
}

/// Calls `visit` with the number of each set bit, in order.
template<typename Visit>
void forEachBit(BitSpan bits, Visit visit)
{
    for (size_t word = 0; word < bits.size(); ++word) {
        for (quint64 rest = bits[word]; rest != 0; rest &= rest - 1)
            visit(word * kBitsAWord + static_cast<size_t>(std::countr_zero(rest)));
    }
}

/// Rows of bits of one width, in one block of memory.
class BitRows
{
public:
    BitRows() = default;
    BitRows(size_t rows, size_t columns)
        : m_words((columns + kBitsAWord - 1) / kBitsAWord)
        , m_rows(rows)
        , m_bits(m_rows * m_words)
    {
    }

    size_t words() const { return m_words; }
    size_t size() const { return m_rows; }
    BitSpan operator[](size_t row) const { return BitSpan(m_bits).subspan(row * m_words, m_words); }
    std::span<quint64> operator[](size_t row)
    {
        return std::span<quint64>(m_bits).subspan(row * m_words, m_words);
    }
    void set(size_t row, size_t column)
    {
        m_bits[row * m_words + column / kBitsAWord] |= quint64(1) << (column % kBitsAWord);
    }
    /// A row of unset bits at the end.
    void append()
    {
        ++m_rows;
        m_bits.resize(m_rows * m_words);
    }
    /// Room for so many columns; what is set stays.
    void widen(size_t columns)
    {
        if ((columns + kBitsAWord - 1) / kBitsAWord <= m_words)
            return;
        BitRows wider(m_rows, columns);
        for (size_t row = 0; row < m_rows; ++row)
            std::ranges::copy(std::as_const(*this)[row], wider[row].begin());
        *this = std::move(wider);
    }

private:
    size_t m_words = 0;
    size_t m_rows = 0;
    BitRow m_bits;
};

} // namespace latchkey

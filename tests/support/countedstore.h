// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "support/filestore.h"

#include <csignal>

namespace latchkey {

/// Counts the steps of a program that a test kills, and kills it at the one that is fatal. Before and after
/// each effect outside the workspace is a step.
class Steps
{
public:
    /// From now on; the first is 1.
    void begin(int fatal) { m_left = fatal; }
    void pass()
    {
        if (m_left > 0 && --m_left == 0)
            std::raise(SIGKILL);
    }

private:
    int m_left = 0; ///< 0: not counting
};

/// A FileStore whose operations are steps.
class CountedStore final : public FileStore
{
public:
    CountedStore(Steps &steps, const QString &path)
        : FileStore(path)
        , m_steps(steps)
    {
    }

    void put(const QString &key, const Secret &secret, Continuation<> continuation) override
    {
        m_steps.pass();
        FileStore::put(key, secret, continuation);
        m_steps.pass();
    }
    void get(const QString &key, Continuation<Secret> continuation) override
    {
        m_steps.pass();
        FileStore::get(key, continuation);
    }
    void remove(const QString &key, Continuation<> continuation) override
    {
        m_steps.pass();
        FileStore::remove(key, continuation);
        m_steps.pass();
    }

private:
    Steps &m_steps;
};

} // namespace latchkey

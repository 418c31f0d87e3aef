// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include <vector>

class QHBoxLayout;

namespace latchkey {

class Segment;

/// A choice of one, side by side; radio buttons to the keyboard and to assistive technology.
class SegmentedControl final : public QWidget
{
    Q_OBJECT

public:
    explicit SegmentedControl(const QString &accessibleName, QWidget *parent = nullptr);

    /// Returns the index. A negative count shows none; `shortText` stands where there is no room for the
    /// text.
    int addSegment(const QString &text, int count = -1, const QString &shortText = {});
    void setCount(int index, int count);
    void setSegmentEnabled(int index, bool enabled, const QString &reason = {});
    int currentIndex() const;
    void setCurrentIndex(int index);
    int segmentCount() const { return static_cast<int>(m_segments.size()); }
    /// All segments equally wide, over the whole width.
    void setFill(bool fill);

signals:
    void currentChanged(int index);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QHBoxLayout *m_row = nullptr;
    std::vector<Segment *> m_segments;
    bool m_fill = false;
};

} // namespace latchkey

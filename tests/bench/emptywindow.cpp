// SPDX-License-Identifier: GPL-3.0-or-later
// The least a Qt Widgets program can be: what start-up is compared with.
#include <QApplication>
#include <QMainWindow>

int main(int argc, char **argv)
{
    const QApplication application(argc, argv);
    QMainWindow window;
    window.resize(1280, 800);
    window.show();
    return QApplication::exec();
}

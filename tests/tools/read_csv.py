"""Reads a report.csv with Python's own reader.

    python3 tests/tools/read_csv.py FILE ROWS

Exit: 0 all is well, 1 the file is not as it should be.
"""

import csv
import sys


def main(path, expected):
    with open(path, "rb") as file:
        data = file.read()
    assert data.startswith(b"\xef\xbb\xbf"), "no byte order mark"
    assert data.count(b"\r\n") == data.count(b"\n"), "a line does not end with CRLF"
    rows = list(csv.reader(data.decode("utf-8-sig").splitlines(keepends=True), strict=True))
    assert len(rows) == int(expected), len(rows)
    assert len({len(row) for row in rows}) == 1, "rows of different length"
    for row in rows[1:]:
        for cell in row:
            first = cell.lstrip(' \u00a0\u200b\ufeff"')[:1]
            assert first not in tuple("=+-@\t\r\n\0＝＋－＠"), repr(cell)


if __name__ == "__main__":
    main(*sys.argv[1:])

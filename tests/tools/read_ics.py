"""Opens calendar files with two or three independent parsers from PyPI and holds their readings against each other.

    python3 tests/tools/read_ics.py FIRST.ics SECOND.ics

FIRST and SECOND are two exports of one list. Exit: 0 all agree, 1 they do not, 77 no two of the parsers are installed
(icalendar, ics, vobject).
"""

import sys


def with_icalendar(path):
    import icalendar

    with open(path, "rb") as file:
        calendar = icalendar.Calendar.from_ical(file.read())
    for event in calendar.walk("VEVENT"):
        for alarm in event.walk("VALARM"):
            assert str(alarm["ACTION"]) == "DISPLAY" and str(alarm["DESCRIPTION"]) == str(event["SUMMARY"])
            assert alarm.decoded("TRIGGER").total_seconds() == -15 * 3600, "9 in the morning of the day before"
    assert calendar.walk("VALARM"), "nothing reminds"
    return [(str(e["UID"]), str(e["SUMMARY"]), e.decoded("DTSTART"), int(e["SEQUENCE"])) for e in calendar.walk("VEVENT")]


def with_ics(path):
    import ics

    with open(path, newline="", encoding="utf-8") as file:
        calendar = ics.Calendar(file.read())
    assert all(e.all_day for e in calendar.events)
    return [(e.uid, e.name, e.begin.date(), None) for e in calendar.events]


def with_vobject(path):
    import vobject

    with open(path, newline="", encoding="utf-8") as file:
        calendar = vobject.readOne(file.read())
    return [(e.uid.value, e.summary.value, e.dtstart.value, int(e.sequence.value)) for e in calendar.vevent_list]


def main(first, second):
    readers = []
    for name, reader in (("icalendar", with_icalendar), ("ics", with_ics), ("vobject", with_vobject)):
        try:
            __import__(name)
            readers.append((name, reader))
        except ImportError:
            pass
    if len(readers) < 2:
        return 77
    readings = {}
    for path in (first, second):
        for name, reader in readers:
            events = reader(path)
            uids = [uid for uid, *_ in events]
            assert events and len(set(uids)) == len(uids), f"{name}: an entry stands twice"
            readings[path, name] = {uid: (title, day) for uid, title, day, _ in events}
            assert readings[path, name] == readings[path, readers[0][0]], f"{name} reads it otherwise"
    name, reader = next((n, r) for n, r in readers if n != "ics")
    before, after = ({uid: version for uid, _, _, version in reader(path)} for path in (first, second))
    assert before.keys() == after.keys(), "the second export names other entries"
    assert all(after[uid] > before[uid] for uid in before), "the second export is not newer"
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))

//! Every form comes back as it was, whatever stands in it; what this program does not know is an error.

use std::time::Duration;

use proptest::collection::vec;
use proptest::option::of as maybe;
use proptest::prelude::*;
use serde_json::Value;
use unlisted_model::ports::{HostKey, LedgerEnd, LedgerEntry, NewTask, RobotsNote, UnitOutcome, Work};
use unlisted_model::{
    Attribution, Band, Class, Confidence, Discloses, Excerpt, FactId, Finding, Fit, Kind, LineId, Masked, Nature, Outcome,
    OutcomeKind, OutcomeReason, Piece, Query, QueryKey, Reason, ReasonCode, Secret, Severity, Slot, Slots, SourceId, SubjectId,
    TextPrint,
};

use super::{amina, at, cases, entry, finding, outcome, page};
use crate::error::StoreError;
use crate::keys::Key;
use crate::records::{
    self, FindingRecord, LedgerEndRecord, LedgerRecord, OutcomeRecord, Record, RobotsRecord, TaskRecord, UNREADABLE,
};

/// Seals and opens.
fn through<R: Record>(record: &R) -> R {
    let key = Key::random().expect("random");
    let sealed = records::seal(&key, 7, &[1], record).expect("seals");
    records::open(&key, 7, &[1], &sealed).expect("opens")
}

fn subject() -> impl Strategy<Value = SubjectId> {
    "[a-z0-9]([a-z0-9-]{0,20}[a-z0-9])?".prop_map(|id| SubjectId::new(&id).expect("test data"))
}

fn discloses() -> impl Strategy<Value = Vec<Discloses>> {
    let words = [
        "name",
        "area",
        "party",
        "role",
        "page",
        "public-id",
        "domain",
        "site-address",
        "username",
        "hash-prefix",
        "email-hash",
        "email",
        "phone",
        "home",
    ];
    let one = proptest::sample::select(words.to_vec()).prop_map(|w| Discloses::parse(w).expect("test data"));
    vec(one, 0..4)
}

fn any_query() -> impl Strategy<Value = Query> {
    let slot = (".*", discloses(), ".*").prop_map(|(name, discloses, text)| Slot { name, discloses, text: Secret::new(text) });
    (".*", ".*", ".*", ".*", vec(subject(), 0..3), vec(slot, 0..3)).prop_map(|(line, source, what, key, for_, slots)| Query {
        line: LineId(line),
        source: SourceId(source),
        what,
        key: QueryKey(Secret::new(key)),
        for_,
        slots: Slots(slots),
    })
}

fn any_task() -> impl Strategy<Value = NewTask> {
    let work = prop_oneof![
        any_query().prop_map(Work::Unit),
        (any_query(), ".*", any::<u8>()).prop_map(|(query, to, hops)| Work::Hop { query, to, hops }),
        (".*", ".*", any::<u8>()).prop_map(|(url, of, hops)| Work::Robots { url, of: HostKey(of), hops }),
    ];
    (".*", ".*", vec(subject(), 0..3), ".*", work, ".*", maybe(-10_000..10_000i64), any::<u8>()).prop_map(
        |(line, source, for_, host, work, key, not_before, priority)| NewTask {
            line: LineId(line),
            source: SourceId(source),
            for_,
            host: HostKey(host),
            work,
            key,
            not_before: not_before.map(at),
            priority,
        },
    )
}

fn any_outcome() -> impl Strategy<Value = UnitOutcome> {
    let kind = proptest::sample::select(OutcomeKind::ALL.to_vec());
    let reason = maybe(proptest::sample::select(OutcomeReason::ALL.to_vec()));
    (".*", ".*", ".*", ".*", kind, reason, any::<bool>(), vec(subject(), 0..3)).prop_map(
        |(source, line, host, url, kind, reason, cut, for_)| UnitOutcome {
            source: SourceId(source),
            line: LineId(line),
            host,
            url,
            outcome: Outcome { kind, reason },
            cut,
            for_,
        },
    )
}

fn any_entry() -> impl Strategy<Value = LedgerEntry> {
    ((-10_000..10_000i64, ".*", ".*", ".*", ".*"), ".*", discloses(), vec(subject(), 0..3), ".*").prop_map(
        |((when, line, source, host, method), url, discloses, for_, kind)| LedgerEntry {
            at: at(when),
            line: LineId(line),
            source: SourceId(source),
            host,
            method,
            url,
            discloses,
            for_,
            kind,
        },
    )
}

fn any_excerpt() -> impl Strategy<Value = Excerpt> {
    let piece = prop_oneof![".*".prop_map(Piece::Words), ".*".prop_map(|mask| Piece::Hidden(Masked::kept(mask))),];
    vec(piece, 0..4).prop_map(Excerpt)
}

fn any_finding() -> impl Strategy<Value = Finding> {
    let select = proptest::sample::select::<Kind>;
    let fact = maybe((subject(), select(Kind::ALL.to_vec()), any::<u32>()))
        .prop_map(|fact| fact.map(|(subject, kind, ordinal)| FactId { subject, kind, ordinal }));
    let reason = (proptest::sample::select(ReasonCode::ALL.to_vec()), -50.0..50.0f64);
    let attribution = (
        0.0..=1.0f64,
        proptest::sample::select(vec![Band::Other, Band::Possible, Band::Likely, Band::Same]),
        vec(reason.prop_map(|(code, weight)| Reason { code, weight }), 0..4),
    )
        .prop_map(|(probability, band, reasons)| Attribution { probability, band, reasons });
    let judged = (
        attribution,
        proptest::sample::select(vec![Confidence::Low, Confidence::Medium, Confidence::High]),
        proptest::sample::select(vec![Severity::Low, Severity::Medium, Severity::High, Severity::Critical]),
        any::<bool>(),
        proptest::sample::select(vec![Fit::Whole, Fit::Partial, Fit::OtherNumber]),
        proptest::sample::select(vec![Nature::Page, Nature::Record, Nature::SearchHit, Nature::OwnPage]),
    );
    let print = maybe(vec(any::<u32>(), 0..200)).prop_map(|sums| sums.and_then(TextPrint::of));
    let told = (".*", any_excerpt(), maybe(any_excerpt()), maybe(".*"), print);
    let place = (".*", ".*", ".*", ".*", 0..10_000i64);
    (subject(), select(Kind::ALL.to_vec()), fact, place, judged, told).prop_map(
        |(subject, kind, fact, (url, via, source, line, seen), judged, (label, excerpt, title, value, print))| {
            let (attribution, confidence, severity, hostile, fit, nature) = judged;
            Finding {
                subject,
                kind,
                fact,
                value: value.map(Secret::new),
                fit,
                url,
                via,
                source: SourceId(source),
                line: LineId(line),
                nature,
                seen: at(seen),
                attribution,
                confidence,
                severity,
                hostile,
                label: Masked::kept(label),
                excerpt,
                title,
                print,
            }
        },
    )
}

proptest! {
    #![proptest_config(cases(128))]

    #[test]
    fn tasks_and_queries_come_back(task in any_task()) {
        prop_assert_eq!(NewTask::try_from(through(&TaskRecord::from(&task))), Ok(task));
    }

    #[test]
    fn outcomes_come_back(outcome in any_outcome()) {
        prop_assert_eq!(UnitOutcome::try_from(through(&OutcomeRecord::from(&outcome))), Ok(outcome));
    }

    #[test]
    fn findings_come_back(finding in any_finding()) {
        prop_assert_eq!(Finding::try_from(through(&FindingRecord::from(&finding))), Ok(finding));
    }

    #[test]
    fn ledger_rows_come_back(entry in any_entry(), status in maybe(any::<u16>()), bytes in any::<u64>(), nanos in any::<u64>()) {
        prop_assert_eq!(LedgerEntry::try_from(through(&LedgerRecord::from(&entry))), Ok(entry));
        let end = LedgerEnd { status, bytes, took: Duration::from_nanos(nanos) };
        prop_assert_eq!(LedgerEnd::from(through(&LedgerEndRecord::from(&end))), end);
    }

    #[test]
    fn robots_come_back(host in ".*", body in vec(any::<u8>(), 0..200), which in 0..3u8) {
        let host = HostKey(host);
        let note = match which { 0 => RobotsNote::Body(body), 1 => RobotsNote::AllowAll, _ => RobotsNote::DisallowAll };
        let back = <(HostKey, RobotsNote)>::try_from(through(&RobotsRecord::from((&host, &note))));
        prop_assert_eq!(back, Ok((host, note)));
    }
}

/// Changes every word of a record that stands for an enum into one that nobody knows.
fn check_unknown<R: Record, T>(record: &R, words: &[&str], read: impl Fn(R) -> Result<T, StoreError>) {
    for word in words {
        let mut json = serde_json::to_value(record).expect("test data");
        let slot = json.pointer_mut(word).unwrap_or_else(|| panic!("no {word}"));
        *slot = Value::String("of the future".into());
        let record: R = serde_json::from_value(json).expect("test data");
        assert_eq!(read(record).err(), Some(UNREADABLE), "{word}");
    }
}

#[test]
fn unknown_words_are_errors() {
    let task = TaskRecord::from(&page("a", "1"));
    check_unknown(&task, &["/work/unit/slots/0/discloses/0", "/for/0"], NewTask::try_from);
    let unit = OutcomeRecord::from(&outcome("1", &[amina()]));
    check_unknown(&unit, &["/kind", "/reason", "/for/0"], UnitOutcome::try_from);
    let row = LedgerRecord::from(&entry("searxng/name", &[amina()]));
    check_unknown(&row, &["/discloses/0", "/for/0"], LedgerEntry::try_from);
    let found = FindingRecord::from(&finding(&amina(), "1"));
    let words = ["/subject", "/kind", "/fact/kind", "/fit", "/nature", "/band", "/reasons/0/0", "/confidence", "/severity"];
    check_unknown(&found, &words, Finding::try_from);
}

#[test]
fn a_form_of_the_future_is_named_and_not_guessed() {
    #[derive(serde::Serialize, serde::Deserialize)]
    struct Future {
        anything: u8,
    }
    impl Record for Future {
        const KIND: &'static str = "finding";
        const VERSION: u8 = 3;
    }
    let key = Key::random().expect("random");
    let sealed = records::seal(&key, 7, &[1], &Future { anything: 1 }).expect("seals");
    assert_eq!(records::open::<FindingRecord>(&key, 7, &[1], &sealed).err(), Some(StoreError::NewerRecord));
}

/// A finding of the first version has no print, and is read all the same.
#[test]
fn a_finding_without_a_print_is_still_read() {
    #[derive(serde::Serialize, serde::Deserialize)]
    struct First(Value);
    impl Record for First {
        const KIND: &'static str = "finding";
    }
    let found = finding(&amina(), "1");
    let mut json = serde_json::to_value(FindingRecord::from(&found)).expect("test data");
    assert!(json.as_object_mut().expect("test data").remove("print").is_some_and(|print| print.is_array()));
    let key = Key::random().expect("random");
    let sealed = records::seal(&key, 7, &[1], &First(json)).expect("seals");
    let read: FindingRecord = records::open(&key, 7, &[1], &sealed).expect("opens");
    assert_eq!(Finding::try_from(read), Ok(Finding { print: None, ..found }));
    let mut json = serde_json::to_value(FindingRecord::from(&finding(&amina(), "1"))).expect("test data");
    json["print"] = serde_json::json!([3, 2, 1]);
    let damaged: FindingRecord = serde_json::from_value(json).expect("test data");
    assert_eq!(Finding::try_from(damaged).err(), Some(UNREADABLE));
}

#[test]
fn the_class_of_what_is_disclosed_survives() {
    let mut row = entry("searxng/name", &[amina()]);
    row.discloses = vec![Discloses::Home];
    let back = LedgerEntry::try_from(through(&LedgerRecord::from(&row))).expect("reads");
    assert_eq!(back.discloses[0].class(), Class::I);
}

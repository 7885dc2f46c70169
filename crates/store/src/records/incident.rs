//! The record of abuse as it is written down: the JSON of an entry (`unlisted/incident/v1`), and the sealed head of a chain.
//!
//! The bytes made here are hashed, chained, sealed and later handed out as they are. A change of this form is a new schema, and the old
//! one stays readable for as long as there may be an entry of it. Times: `recorded` in UTC; `local_offset` (absent when unknown) and `clock_off_by` in
//! seconds; sums in lower-case hexadecimal; what is not known is left out.

use std::borrow::Cow;

use jiff::Timestamp;
use jiff::civil::{Date, Time};
use serde::{Deserialize, Serialize};
use unlisted_model::incident::{Account, Clock, Entry, EntryKind, Evidence, EvidenceKind, Reported};
use unlisted_model::{Reveal, Secret};
use zeroize::Zeroizing;

use super::{Record, UNREADABLE};
use crate::error::{Result, StoreError};
use crate::keys::{hex, unhex};

const SCHEMA: &str = "unlisted/incident/v1";

/// The end of a chain, written with each entry, so that missing last entries show.
#[derive(Serialize, Deserialize, Default)]
pub(crate) struct ChainRecord {
    /// How many entries there are.
    pub(crate) entries: u32,
    /// How many incidents.
    pub(crate) incidents: u32,
    /// SHA-256 of the last entry, in hexadecimal; empty when there is none.
    pub(crate) last: String,
    /// After which entries the end was found damaged and was made anew, so that this stays to be seen.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) mended: Vec<u32>,
}

impl Record for ChainRecord {
    const KIND: &'static str = "chain";
}

/// An entry; the order of the fields is that of the file.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct EntryJson<'a> {
    schema: Cow<'a, str>,
    number: u32,
    #[serde(default, skip_serializing_if = "is_nought")]
    incident: u32,
    kind: Cow<'a, str>,
    recorded: Timestamp,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    local_offset: Option<i32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    clock_off_by: Option<i64>,
    previous: Cow<'a, str>,
    #[serde(default, skip_serializing_if = "AccountJson::is_empty")]
    account: AccountJson<'a>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    export: Option<ExportJson<'a>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    files: Vec<FileJson<'a>>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ExportJson<'a> {
    audience: Cow<'a, str>,
    sums: Cow<'a, str>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct FileJson<'a> {
    name: Cow<'a, str>,
    kind: Cow<'a, str>,
    ending: Cow<'a, str>,
    length: u64,
    sha256: Cow<'a, str>,
}

#[derive(Serialize, Deserialize, Default, PartialEq)]
#[serde(default, deny_unknown_fields)]
struct AccountJson<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    what: Option<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    on: Option<Date>,
    #[serde(skip_serializing_if = "Option::is_none")]
    at: Option<Time>,
    #[serde(skip_serializing_if = "Option::is_none")]
    seen_on: Option<Date>,
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    page: Option<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    account: Option<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    profile: Option<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    words: Option<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    witness: Option<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    effect: Option<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    repeated: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    violence: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fixated: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    new_private: Option<bool>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    reported: Vec<ReportedJson<'a>>,
}

#[derive(Serialize, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
struct ReportedJson<'a> {
    to: Cow<'a, str>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    reference: Option<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    on: Option<Date>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    chase: Option<Date>,
}

impl AccountJson<'_> {
    fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
fn is_nought(n: &u32) -> bool {
    *n == 0
}

/// Writes an entry down; its `raw` and `sha256` are not looked at.
pub(crate) fn write(entry: &Entry) -> Result<Vec<u8>> {
    let export = match &entry.kind {
        EntryKind::Export { audience, sums } => Some(ExportJson { audience: audience.into(), sums: hex(sums).into() }),
        EntryKind::Incident | EntryKind::Addition { .. } => None,
    };
    let json = EntryJson {
        schema: SCHEMA.into(),
        number: entry.number,
        incident: entry.incident,
        kind: kind_word(&entry.kind).into(),
        recorded: entry.clock.now,
        local_offset: entry.clock.local_offset,
        clock_off_by: entry.clock.off_by,
        previous: hex(&entry.previous).into(),
        account: (&entry.account).into(),
        export,
        files: entry.files.iter().map(FileJson::from).collect(),
    };
    let text = Zeroizing::new(serde_json::to_string_pretty(&json).map_err(|_| StoreError::Unwritable)?);
    let mut raw = String::with_capacity(text.len() + 1);
    for c in text.chars() {
        // Only strings can hold these. Nobody who opens the file is to be misled by what cannot be seen.
        if is_unseen(c) {
            let mut units = [0; 2];
            raw.extend(c.encode_utf16(&mut units).iter().map(|unit| format!("\\u{unit:04x}")));
        } else {
            raw.push(c);
        }
    }
    raw.push('\n');
    Ok(raw.into_bytes())
}

/// Characters that move the cursor or turn the order of the text around; those below U+0020 are written so by JSON itself.
const fn is_unseen(c: char) -> bool {
    matches!(c, '\u{7f}'..='\u{9f}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Reads an entry as it was written down.
pub(crate) fn read(raw: Vec<u8>, sha256: [u8; 32]) -> Result<Entry> {
    let json: EntryJson<'_> = serde_json::from_slice(&raw).map_err(|_| UNREADABLE)?;
    if json.schema != SCHEMA {
        return Err(UNREADABLE);
    }
    let kind = match (&*json.kind, json.export) {
        ("incident", None) => EntryKind::Incident,
        ("addition", None) => EntryKind::Addition { to: json.incident },
        ("export", Some(export)) => {
            EntryKind::Export { audience: export.audience.into_owned(), sums: unhex(&export.sums).ok_or(UNREADABLE)? }
        }
        _ => return Err(UNREADABLE),
    };
    Ok(Entry {
        number: json.number,
        incident: json.incident,
        kind,
        clock: Clock { now: json.recorded, local_offset: json.local_offset, off_by: json.clock_off_by },
        account: json.account.into(),
        files: json.files.into_iter().map(Evidence::try_from).collect::<Result<_>>()?,
        previous: unhex(&json.previous).ok_or(UNREADABLE)?,
        raw,
        sha256,
    })
}

const fn kind_word(kind: &EntryKind) -> &'static str {
    match kind {
        EntryKind::Incident => "incident",
        EntryKind::Addition { .. } => "addition",
        EntryKind::Export { .. } => "export",
    }
}

fn text(secret: &Secret) -> Cow<'_, str> {
    secret.reveal(Reveal::AtRest).into()
}

fn texts(secret: Option<&Secret>) -> Option<Cow<'_, str>> {
    secret.map(text)
}

fn secret(text: Option<Cow<'_, str>>) -> Option<Secret> {
    text.map(|text| Secret::new(text.into_owned()))
}

impl<'a> From<&'a Account> for AccountJson<'a> {
    fn from(account: &'a Account) -> Self {
        Self {
            what: texts(account.what.as_ref()),
            on: account.on,
            at: account.at,
            seen_on: account.seen_on,
            place: texts(account.place.as_ref()),
            page: texts(account.page.as_ref()),
            account: texts(account.account.as_ref()),
            profile: texts(account.profile.as_ref()),
            words: texts(account.words.as_ref()),
            witness: texts(account.witness.as_ref()),
            effect: texts(account.effect.as_ref()),
            repeated: account.repeated,
            violence: account.violence,
            fixated: account.fixated,
            new_private: account.new_private,
            reported: account
                .reported
                .iter()
                .map(|r| ReportedJson { to: text(&r.to), reference: texts(r.reference.as_ref()), on: r.on, chase: r.chase })
                .collect(),
        }
    }
}

impl From<AccountJson<'_>> for Account {
    fn from(json: AccountJson<'_>) -> Self {
        Self {
            what: secret(json.what),
            on: json.on,
            at: json.at,
            seen_on: json.seen_on,
            place: secret(json.place),
            page: secret(json.page),
            account: secret(json.account),
            profile: secret(json.profile),
            words: secret(json.words),
            witness: secret(json.witness),
            effect: secret(json.effect),
            repeated: json.repeated,
            violence: json.violence,
            fixated: json.fixated,
            new_private: json.new_private,
            reported: json
                .reported
                .into_iter()
                .map(|r| Reported {
                    to: Secret::new(r.to.into_owned()),
                    reference: secret(r.reference),
                    on: r.on,
                    chase: r.chase,
                })
                .collect(),
        }
    }
}

impl<'a> From<&'a Evidence> for FileJson<'a> {
    fn from(file: &'a Evidence) -> Self {
        Self {
            name: text(&file.name),
            kind: file.kind.as_str().into(),
            ending: file.ending.as_str().into(),
            length: file.length,
            sha256: hex(&file.sha256).into(),
        }
    }
}

impl TryFrom<FileJson<'_>> for Evidence {
    type Error = StoreError;

    fn try_from(json: FileJson<'_>) -> Result<Self> {
        Ok(Self {
            name: Secret::new(json.name.into_owned()),
            kind: EvidenceKind::parse(&json.kind).ok_or(UNREADABLE)?,
            ending: json.ending.into_owned(),
            length: json.length,
            sha256: unhex(&json.sha256).ok_or(UNREADABLE)?,
        })
    }
}

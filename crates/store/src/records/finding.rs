//! Sealed form of a finding. Numbers with a fraction are kept as their bits, so that they come back exactly.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use unlisted_model::{
    Attribution, Band, Confidence, Excerpt, FactId, Finding, Fit, Kind, LineId, Masked, Nature, Piece, Reason, ReasonCode,
    Reveal, Secret, Severity, SourceId, SubjectId, TextPrint,
};

use super::{Record, UNREADABLE};
use crate::error::{Result, StoreError};

/// A finding.
#[derive(Serialize, Deserialize)]
pub(crate) struct FindingRecord {
    subject: String,
    kind: String,
    fact: Option<FactRecord>,
    value: Option<String>,
    fit: String,
    url: String,
    via: String,
    source: String,
    line: String,
    nature: String,
    seen: Timestamp,
    probability: u64,
    band: String,
    reasons: Vec<(String, u64)>,
    confidence: String,
    severity: String,
    hostile: bool,
    label: String,
    excerpt: Vec<PieceRecord>,
    title: Option<Vec<PieceRecord>>,
    /// Since version 2.
    #[serde(default)]
    print: Option<Vec<u32>>,
}

/// Name of a fact.
#[derive(Serialize, Deserialize)]
struct FactRecord {
    subject: String,
    kind: String,
    ordinal: u32,
}

/// A piece of an excerpt.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum PieceRecord {
    Words(String),
    Hidden(String),
}

impl Record for FindingRecord {
    const KIND: &'static str = "finding";
    const VERSION: u8 = 2;
}

const fn fit(fit: Fit) -> &'static str {
    match fit {
        Fit::Whole => "whole",
        Fit::Partial => "partial",
        Fit::OtherNumber => "other-number",
    }
}

const fn nature(nature: Nature) -> &'static str {
    match nature {
        Nature::Page => "page",
        Nature::Record => "record",
        Nature::SearchHit => "search-hit",
        Nature::OwnPage => "own-page",
    }
}

/// The member of `all` that is written as `word`.
fn read<T: Copy>(all: &[T], word_of: impl Fn(T) -> &'static str, word: &str) -> Result<T> {
    all.iter().copied().find(|t| word_of(*t) == word).ok_or(UNREADABLE)
}

fn pieces(excerpt: &Excerpt) -> Vec<PieceRecord> {
    excerpt
        .0
        .iter()
        .map(|piece| match piece {
            Piece::Words(words) => PieceRecord::Words(words.clone()),
            Piece::Hidden(mask) => PieceRecord::Hidden(mask.as_str().to_owned()),
        })
        .collect()
}

fn excerpt(pieces: Vec<PieceRecord>) -> Excerpt {
    Excerpt(
        pieces
            .into_iter()
            .map(|piece| match piece {
                PieceRecord::Words(words) => Piece::Words(words),
                PieceRecord::Hidden(mask) => Piece::Hidden(Masked::kept(mask)),
            })
            .collect(),
    )
}

impl From<&Finding> for FindingRecord {
    fn from(finding: &Finding) -> Self {
        Self {
            subject: finding.subject.as_str().to_owned(),
            kind: finding.kind.as_str().to_owned(),
            fact: finding.fact.as_ref().map(|fact| FactRecord {
                subject: fact.subject.as_str().to_owned(),
                kind: fact.kind.as_str().to_owned(),
                ordinal: fact.ordinal,
            }),
            value: finding.value.as_ref().map(|v| v.reveal(Reveal::AtRest).to_owned()),
            fit: fit(finding.fit).to_owned(),
            url: finding.url.clone(),
            via: finding.via.clone(),
            source: finding.source.0.clone(),
            line: finding.line.0.clone(),
            nature: nature(finding.nature).to_owned(),
            seen: finding.seen,
            probability: finding.attribution.probability.to_bits(),
            band: finding.attribution.band.as_str().to_owned(),
            reasons: finding.attribution.reasons.iter().map(|r| (r.code.as_str().to_owned(), r.weight.to_bits())).collect(),
            confidence: finding.confidence.as_str().to_owned(),
            severity: finding.severity.as_str().to_owned(),
            hostile: finding.hostile,
            label: finding.label.as_str().to_owned(),
            excerpt: pieces(&finding.excerpt),
            title: finding.title.as_ref().map(pieces),
            print: finding.print.as_ref().map(|print| print.sums().to_vec()),
        }
    }
}

impl TryFrom<FactRecord> for FactId {
    type Error = StoreError;

    fn try_from(record: FactRecord) -> Result<Self> {
        Ok(Self {
            subject: SubjectId::new(&record.subject).ok_or(UNREADABLE)?,
            kind: Kind::parse(&record.kind).ok_or(UNREADABLE)?,
            ordinal: record.ordinal,
        })
    }
}

impl TryFrom<FindingRecord> for Finding {
    type Error = StoreError;

    fn try_from(record: FindingRecord) -> Result<Self> {
        let reason = |(code, weight): &(String, u64)| {
            Ok(Reason { code: ReasonCode::parse(code).ok_or(UNREADABLE)?, weight: f64::from_bits(*weight) })
        };
        Ok(Self {
            subject: SubjectId::new(&record.subject).ok_or(UNREADABLE)?,
            kind: Kind::parse(&record.kind).ok_or(UNREADABLE)?,
            fact: record.fact.map(FactId::try_from).transpose()?,
            value: record.value.map(Secret::new),
            fit: read(&[Fit::Whole, Fit::Partial, Fit::OtherNumber], fit, &record.fit)?,
            url: record.url,
            via: record.via,
            source: SourceId(record.source),
            line: LineId(record.line),
            nature: read(&[Nature::Page, Nature::Record, Nature::SearchHit, Nature::OwnPage], nature, &record.nature)?,
            seen: record.seen,
            attribution: Attribution {
                probability: f64::from_bits(record.probability),
                band: read(&[Band::Other, Band::Possible, Band::Likely, Band::Same], Band::as_str, &record.band)?,
                reasons: record.reasons.iter().map(reason).collect::<Result<_>>()?,
            },
            confidence: read(&[Confidence::Low, Confidence::Medium, Confidence::High], Confidence::as_str, &record.confidence)?,
            severity: Severity::parse(&record.severity).ok_or(UNREADABLE)?,
            hostile: record.hostile,
            label: Masked::kept(record.label),
            excerpt: excerpt(record.excerpt),
            title: record.title.map(excerpt),
            print: record.print.map(|sums| TextPrint::kept(sums).ok_or(UNREADABLE)).transpose()?,
        })
    }
}

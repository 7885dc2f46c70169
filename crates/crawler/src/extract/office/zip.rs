//! The members of a zip file, read by its directory: bounded in number, size and growth; names are never paths of ours.

use super::super::inflate::{Ended, inflate};

/// Members looked at.
const MOST: usize = 4_000;
/// Bytes of one member, and of all that are read.
const LONGEST: usize = 64 << 20;
const ALL: usize = 160 << 20;

/// Why a file is not read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Fault {
    Broken,
    Encrypted,
    Bomb,
}

struct Member {
    name: String,
    flags: u16,
    method: u16,
    packed: usize,
    size: usize,
    at: usize,
}

/// A zip file.
pub(super) struct Zip<'b> {
    bytes: &'b [u8],
    members: Vec<Member>,
    /// Bytes that may still be unpacked.
    left: usize,
    /// What went wrong with members that were asked for.
    pub(super) fault: Option<Fault>,
}

fn short(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at.checked_add(2)?)?.try_into().ok()?))
}

fn long(bytes: &[u8], at: usize) -> Option<usize> {
    usize::try_from(u32::from_le_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?)).ok()
}

impl<'b> Zip<'b> {
    /// Reads the directory at the end; without one, the heads of the members one after another.
    pub(super) fn open(bytes: &'b [u8]) -> Option<Self> {
        let members = directory(bytes).or_else(|| heads(bytes)).filter(|m| !m.is_empty())?;
        Some(Self { bytes, members, left: ALL, fault: None })
    }

    /// Names of the members.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.members.iter().map(|m| m.name.as_str())
    }

    /// Whether there is a member of this name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.names().any(|n| n.eq_ignore_ascii_case(name))
    }

    /// A member unpacked; none if it is not there or cannot be read, which is noted in [`Zip::fault`].
    pub(super) fn read(&mut self, name: &str) -> Option<Vec<u8>> {
        let member = self.members.iter().find(|m| m.name.eq_ignore_ascii_case(name))?;
        match self.unpack(member) {
            Ok(bytes) => {
                self.left = self.left.saturating_sub(bytes.len());
                Some(bytes)
            }
            Err((fault, bytes)) => {
                self.fault = Some(fault);
                self.left = self.left.saturating_sub(bytes.len());
                // What stands before a fault is used, but not what a bomb blew up.
                (fault == Fault::Broken && !bytes.is_empty()).then_some(bytes)
            }
        }
    }

    fn unpack(&self, member: &Member) -> Result<Vec<u8>, (Fault, Vec<u8>)> {
        let broken = (Fault::Broken, Vec::new());
        if member.flags & 1 != 0 {
            return Err((Fault::Encrypted, Vec::new()));
        }
        let room = self.left.min(LONGEST);
        if member.size > room || member.size / 1_100 > member.packed.max(1) {
            return Err((Fault::Bomb, Vec::new()));
        }
        if self.bytes.get(member.at..).and_then(|b| b.get(..4)) != Some(b"PK\x03\x04") {
            return Err(broken);
        }
        let skip = |at: usize| short(self.bytes, member.at + at).map(usize::from);
        let (Some(name), Some(extra)) = (skip(26), skip(28)) else { return Err(broken) };
        let start = member.at + 30 + name + extra;
        let packed = self.bytes.get(start..).unwrap_or_default();
        let packed = packed.get(..member.packed).unwrap_or(packed);
        match member.method {
            0 => Ok(packed.get(..room.min(packed.len())).unwrap_or_default().to_vec()),
            8 => {
                let (out, ended) = inflate(packed, false, room);
                match ended {
                    Ended::Heavy => Err((Fault::Bomb, Vec::new())),
                    Ended::Broken => Err((Fault::Broken, out)),
                    Ended::Whole => Ok(out),
                }
            }
            _ => Err(broken),
        }
    }
}

fn directory(bytes: &[u8]) -> Option<Vec<Member>> {
    let from = bytes.len().saturating_sub(66_000);
    let end = bytes.get(from..)?.windows(4).rposition(|w| w == b"PK\x05\x06")? + from;
    let count = usize::from(short(bytes, end + 10)?);
    let mut at = long(bytes, end + 16)?;
    let mut out = Vec::new();
    for _ in 0..count.min(MOST) {
        if bytes.get(at..at.checked_add(4)?)? != b"PK\x01\x02" {
            return None;
        }
        let (name, extra, comment) = (short(bytes, at + 28)?, short(bytes, at + 30)?, short(bytes, at + 32)?);
        out.push(Member {
            name: String::from_utf8_lossy(bytes.get(at + 46..at + 46 + usize::from(name))?).into_owned(),
            flags: short(bytes, at + 8)?,
            method: short(bytes, at + 10)?,
            packed: long(bytes, at + 20)?,
            size: long(bytes, at + 24)?,
            at: long(bytes, at + 42)?,
        });
        at += 46 + usize::from(name) + usize::from(extra) + usize::from(comment);
    }
    Some(out)
}

/// Members by their own heads, for a file that breaks off before its directory.
fn heads(bytes: &[u8]) -> Option<Vec<Member>> {
    let mut out = Vec::new();
    let finder = aho_corasick::AhoCorasick::new([b"PK\x03\x04"]).ok()?;
    for found in finder.find_iter(bytes).take(MOST) {
        let at = found.start();
        let Some(name) = short(bytes, at + 26) else { break };
        let Some(name) = bytes.get(at + 30..at + 30 + usize::from(name)) else { break };
        let packed = long(bytes, at + 18).unwrap_or(0);
        out.push(Member {
            name: String::from_utf8_lossy(name).into_owned(),
            flags: short(bytes, at + 6).unwrap_or(0) & 1,
            method: short(bytes, at + 8).unwrap_or(0),
            // Sizes may stand behind the data; then it reads on until its stream ends.
            packed: if packed == 0 { bytes.len() } else { packed },
            size: 0,
            at,
        });
    }
    Some(out)
}

//! The people and firms in an answer of a register (RFC 9083 §5.1), those inside one another too, up to a bound.

use serde_json::Value;

use super::card::Card;

/// Entities that are looked at, and how deep they may lie in one another.
const MOST: usize = 200;
const DEEPEST: usize = 4;

/// One of them.
pub(super) struct Entity<'a> {
    roles: Vec<&'a str>,
    /// Whether it lies inside one with the role that was looked for.
    pub(super) within: bool,
    pub(super) card: Card<'a>,
}

impl Entity<'_> {
    pub(super) fn has(&self, role: &str) -> bool {
        self.roles.iter().any(|r| r.eq_ignore_ascii_case(role))
    }
}

/// All of an answer, in its order. Those inside one with the role `of` are marked.
pub(super) fn entities<'a>(told: &'a Value, of: &str) -> Vec<Entity<'a>> {
    let mut out = vec![];
    gather(told, of, 0, false, &mut out);
    out
}

fn gather<'a>(told: &'a Value, of: &str, depth: usize, within: bool, out: &mut Vec<Entity<'a>>) {
    for entity in list(told.get("entities")) {
        if out.len() >= MOST || depth >= DEEPEST {
            return;
        }
        let roles: Vec<&str> = list(entity.get("roles")).filter_map(Value::as_str).collect();
        let found = Entity { roles, within, card: Card::of(entity.get("vcardArray")) };
        let inside = within || found.has(of);
        out.push(found);
        gather(entity, of, depth + 1, inside, out);
    }
}

/// The items of a list; one large register writes a single object where a list belongs.
pub(super) fn list(value: Option<&Value>) -> impl Iterator<Item = &Value> {
    match value {
        Some(Value::Array(items)) => items.as_slice(),
        Some(one) => std::slice::from_ref(one),
        None => &[],
    }
    .iter()
}

/// Where a firm takes reports of abuse.
pub(super) struct Abuse {
    pub(super) email: Option<String>,
    pub(super) phone: Option<String>,
    pub(super) page: Option<String>,
}

/// The contacts for abuse: of those inside the marked ones first (`within_first`), else in the order of the answer.
pub(super) fn abuse(entities: &[Entity<'_>], within_first: bool) -> Abuse {
    let (first, then): (Vec<_>, Vec<_>) = entities.iter().filter(|e| e.has("abuse")).partition(|e| e.within == within_first);
    let all: Vec<&Entity<'_>> = first.into_iter().chain(then).collect();
    Abuse {
        email: all.iter().find_map(|e| e.card.email()),
        phone: all.iter().find_map(|e| e.card.phone()),
        page: all.iter().find_map(|e| e.card.page()),
    }
}

//! What a register says of one name (RFC 9083): the registrar and its contact for abuse.

use serde_json::Value;
use unlisted_model::reporting::Registration;

use super::card::Card;
use super::json;
use crate::exchange::Response;
use crate::source::SourceError;

/// The largest answer about one name; usual ones have 10 KB.
const LARGEST: usize = 1 << 20;
/// Entities that are looked at, and how deep they may lie in one another.
const MOST: usize = 200;
const DEEPEST: usize = 4;
/// Name servers that are told.
const SERVERS: usize = 6;

/// Reads the answer about `domain`. None: the register says that it does not know this name.
///
/// # Errors
/// When the answer is not understood; never "not registered".
pub fn registration(domain: &str, response: &Response) -> Result<Option<Registration>, SourceError> {
    match response.status {
        200 => {}
        404 => {
            // The wrong server, or a proxy on the way, may say 404 too: only the register's own words count.
            let told = json(response, LARGEST).map_err(|_| SourceError::Status(404))?;
            let is_error = told.get("errorCode").and_then(Value::as_u64) == Some(404);
            return if is_error { Ok(None) } else { Err(SourceError::Status(404)) };
        }
        status => return Err(SourceError::Status(status)),
    }
    let told = json(response, LARGEST)?;
    let is = |key: &str, wanted: &str| told.get(key).and_then(Value::as_str).is_some_and(|v| v.eq_ignore_ascii_case(wanted));
    if !is("objectClassName", "domain") {
        return Err(SourceError::LayoutChanged("it is not about a name"));
    }
    match told.get("ldhName").and_then(Value::as_str) {
        Some(name) if !name.trim_end_matches('.').eq_ignore_ascii_case(domain) => {
            return Err(SourceError::LayoutChanged("it is about another name"));
        }
        _ => {}
    }
    let mut entities = vec![];
    gather(&told, 0, false, &mut entities);
    let registrar = entities.iter().find(|e| e.has("registrar"));
    // The registrar's own contact for abuse, else any that the answer names.
    let abuse: Vec<&Entity<'_>> = {
        let (within, outside): (Vec<_>, Vec<_>) = entities.iter().filter(|e| e.has("abuse")).partition(|e| e.of_registrar);
        within.into_iter().chain(outside).collect()
    };
    Ok(Some(Registration {
        domain: domain.to_owned(),
        registrar: registrar.and_then(|e| e.card.name()),
        abuse_email: abuse.iter().find_map(|e| e.card.email()),
        abuse_phone: abuse.iter().find_map(|e| e.card.phone()),
        nameservers: servers(&told),
    }))
}

struct Entity<'a> {
    roles: Vec<&'a str>,
    of_registrar: bool,
    card: Card<'a>,
}

impl Entity<'_> {
    fn has(&self, role: &str) -> bool {
        self.roles.iter().any(|r| r.eq_ignore_ascii_case(role))
    }
}

fn gather<'a>(of: &'a Value, depth: usize, of_registrar: bool, out: &mut Vec<Entity<'a>>) {
    for entity in list(of.get("entities")) {
        if out.len() >= MOST || depth >= DEEPEST {
            return;
        }
        let roles: Vec<&str> = list(entity.get("roles")).filter_map(Value::as_str).collect();
        let found = Entity { roles, of_registrar, card: Card::of(entity.get("vcardArray")) };
        let is_registrar = of_registrar || found.has("registrar");
        out.push(found);
        gather(entity, depth + 1, is_registrar, out);
    }
}

fn servers(told: &Value) -> Vec<String> {
    let is_host = |name: &String| {
        name.contains('.') && name.len() <= 253 && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_'))
    };
    let names = list(told.get("nameservers")).filter_map(|s| s.get("ldhName")?.as_str());
    names.map(|n| n.trim_end_matches('.').to_lowercase()).filter(is_host).take(SERVERS).collect()
}

/// The items of a list; one large register writes a single object where a list belongs.
fn list(value: Option<&Value>) -> impl Iterator<Item = &Value> {
    match value {
        Some(Value::Array(items)) => items.as_slice(),
        Some(one) => std::slice::from_ref(one),
        None => &[],
    }
    .iter()
}

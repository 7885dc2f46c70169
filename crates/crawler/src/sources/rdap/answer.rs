//! What a register says of one name (RFC 9083 §5.3): the registrar and its contact for abuse.

use serde_json::Value;
use unlisted_model::reporting::Registration;

use super::entities::{abuse, entities, list};
use super::told;
use crate::exchange::Response;
use crate::source::SourceError;

/// Name servers that are told.
const SERVERS: usize = 6;

/// Reads the answer about `domain`. None: the register says that it does not know this name.
///
/// # Errors
/// When the answer is not understood; never "not registered".
pub fn registration(domain: &str, response: &Response) -> Result<Option<Registration>, SourceError> {
    let Some(told) = told(response, "domain", "it is not about a name")? else { return Ok(None) };
    match told.get("ldhName").and_then(Value::as_str) {
        Some(name) if !name.trim_end_matches('.').eq_ignore_ascii_case(domain) => {
            return Err(SourceError::LayoutChanged("it is about another name"));
        }
        _ => {}
    }
    let entities = entities(&told, "registrar");
    let registrar = entities.iter().find(|e| e.has("registrar"));
    // The registrar's own contact for abuse, else any that the answer names.
    let abuse = abuse(&entities, true);
    Ok(Some(Registration {
        domain: domain.to_owned(),
        registrar: registrar.and_then(|e| e.card.name()),
        abuse_email: abuse.email,
        abuse_phone: abuse.phone,
        abuse_page: abuse.page,
        nameservers: servers(&told),
    }))
}

fn servers(told: &Value) -> Vec<String> {
    let is_host = |name: &String| {
        name.contains('.') && name.len() <= 253 && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_'))
    };
    let names = list(told.get("nameservers")).filter_map(|s| s.get("ldhName")?.as_str());
    names.map(|n| n.trim_end_matches('.').to_lowercase()).filter(is_host).take(SERVERS).collect()
}

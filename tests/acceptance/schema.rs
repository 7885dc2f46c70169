//! Holds a report against the committed JSON schema: the few words of it that the schema uses.

use serde_json::Value;

/// Asserts that the report is as `config/schema/report-v1.schema.json` says.
#[track_caller]
pub(crate) fn holds(report: &Value) {
    let schema: Value =
        serde_json::from_str(include_str!("../../config/schema/report-v1.schema.json")).expect("the schema is JSON");
    let mut wrong = vec![];
    check(&schema, &schema, report, "$", &mut wrong);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    // The check itself can fail.
    let mut broken = report.clone();
    broken.as_object_mut().expect("an object").remove("tool");
    check(&schema, &schema, &broken, "$", &mut wrong);
    assert!(!wrong.is_empty(), "a report without `tool` passes");
}

fn check(root: &Value, schema: &Value, value: &Value, at: &str, wrong: &mut Vec<String>) {
    if let Some(name) = schema.get("$ref").and_then(Value::as_str) {
        match name.strip_prefix('#').and_then(|pointer| root.pointer(pointer)) {
            Some(definition) => check(root, definition, value, at, wrong),
            None => wrong.push(format!("{at}: the schema has no {name}")),
        }
    }
    let types: Vec<&str> = match schema.get("type") {
        Some(Value::String(one)) => vec![one],
        Some(Value::Array(some)) => some.iter().filter_map(Value::as_str).collect(),
        _ => vec![],
    };
    if !types.is_empty() && !types.iter().any(|t| is(t, value)) {
        wrong.push(format!("{at}: {value} is none of {types:?}"));
    }
    if let Some(words) = schema.get("enum").and_then(Value::as_array)
        && !words.contains(value)
    {
        wrong.push(format!("{at}: {value} is none of {words:?}"));
    }
    if let Some(least) = schema.get("minimum").and_then(Value::as_f64)
        && value.as_f64().is_some_and(|n| n < least)
    {
        wrong.push(format!("{at}: {value} is below {least}"));
    }
    if let Some(object) = value.as_object() {
        for key in schema.get("required").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str) {
            if !object.contains_key(key) {
                wrong.push(format!("{at}: {key} is missing"));
            }
        }
        let properties = schema.get("properties").and_then(Value::as_object);
        for (key, inside) in object {
            match (properties.and_then(|p| p.get(key)), schema.get("additionalProperties")) {
                (Some(schema), _) | (None, Some(schema)) => check(root, schema, inside, &format!("{at}.{key}"), wrong),
                // Fields that the schema does not know would be unknown to its readers.
                (None, None) if properties.is_some() => wrong.push(format!("{at}: {key} is not in the schema")),
                (None, None) => {}
            }
        }
    }
    if let (Some(items), Some(schema)) = (value.as_array(), schema.get("items")) {
        for (n, item) in items.iter().enumerate() {
            check(root, schema, item, &format!("{at}[{n}]"), wrong);
        }
    }
}

fn is(name: &str, value: &Value) -> bool {
    match name {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "null" => value.is_null(),
        "integer" => value.is_u64() || value.is_i64(),
        "number" => value.is_number(),
        _ => false,
    }
}

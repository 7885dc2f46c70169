//! `unlisted sources list`: the places that can be asked.

use std::fmt::Write as _;

use unlisted_engine::config::Config;
use unlisted_model::source::Default_;

use crate::args::SourcesCommand;
use crate::failure::Failure;
use crate::terminal;
use crate::words::{self, t};

pub(crate) fn run(command: &SourcesCommand) -> Result<u8, Failure> {
    let SourcesCommand::List { format, config } = command;
    let config = Config::load(config.as_deref())?;
    words::use_those_of(&config);
    let rows: Vec<_> = config
        .rows
        .values()
        .map(|row| {
            let on = match row.default {
                _ if config.set_by_user.contains(&row.id) => "on",
                Default_::On => "on",
                Default_::Ask => "ask",
                Default_::Off => "off",
            };
            (row, on)
        })
        .collect();
    match format.as_str() {
        "json" => {
            let list: Vec<_> = rows
                .iter()
                .map(|(row, on)| {
                    serde_json::json!({
                        "id": row.id.as_str(),
                        "title": row.title,
                        "class": row.class.as_str(),
                        "discloses": row.discloses.iter().map(|d| d.as_str()).collect::<Vec<_>>(),
                        "default": on,
                        "terms_read_on": row.terms.read_on.to_string(),
                        "state": row.state,
                    })
                })
                .collect();
            terminal::out(&format!("{:#}", serde_json::json!({ "schema": "unlisted/sources/v1", "sources": list })))?;
        }
        "text" => {
            let mut text = String::new();
            for (row, on) in rows {
                let told: Vec<String> = row.discloses.iter().map(|d| t(&format!("discloses.{}", d.as_str()), &[])).collect();
                let told = if told.is_empty() { t("discloses.nothing", &[]) } else { told.join(", ") };
                // A String never fails to be written to.
                writeln!(
                    text,
                    "{:<16} {:<4} {}\n{}",
                    row.id.as_str(),
                    t(&format!("source-list.{on}"), &[]),
                    row.title,
                    terminal::fitted(&format!("  {}", t("source-list.told", &[("what", &told)])))
                )
                .unwrap_or_default();
            }
            terminal::out(&text)?;
        }
        _ => return Err(Failure::usage(t("output.only_text_json", &[]))),
    }
    Ok(0)
}

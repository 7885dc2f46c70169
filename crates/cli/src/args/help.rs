//! Dresses the commands in the words of the catalogue: section `[args]`, by the path of a command and its argument, for
//! example `check` and `check.files`. What is the same everywhere stands under `common`; the words for values (`FOLDER`)
//! under `value`. clap's own fixed words (`Usage`, `Options`, the frames of its errors) stay English.

use clap::{Arg, ArgAction, Command, CommandFactory as _};
use unlisted_reporter::Words;

use super::Cli;
use crate::words::words;

/// The commands with their help. The first screen (`unlisted` alone, and `--help`) tells about danger first, then what to
/// try, then every command.
pub(crate) fn dressed() -> Command {
    let words = words();
    let [now, later, judge] = ["now", "later", "judge"].map(|key| words.of("danger", key));
    let (about, first, all) = (words.get("args.about"), words.get("args.first"), words.get("args.all"));
    let above = format!("{now} {later}\n{judge}\n\n{about}\n{}\n\n{all}", first.trim_matches('\n'));
    command(Cli::command(), "", &words).about(above).help_template("{about}\n{subcommands}")
}

/// One command and everything below it.
fn command(mut dressed: Command, path: &str, words: &Words) -> Command {
    if let Some(text) = text(path, words) {
        dressed = dressed.about(text);
    }
    // Who opens the help of the record may need more than a record.
    if path == "incident" || path.starts_with("incident.") {
        dressed = dressed.before_help(format!("{} {}", words.of("danger", "now"), words.of("danger", "later")));
    }
    if dressed.has_subcommands() {
        dressed = dressed.disable_help_subcommand(true);
    }
    if path.is_empty() {
        let version = Arg::new("version").short('V').long("version").action(ArgAction::Version);
        dressed = dressed.disable_version_flag(true).arg(version);
    }
    let help = Arg::new("help").short('h').long("help").action(ArgAction::Help);
    dressed = dressed.disable_help_flag(true).arg(help);
    let own = if path.is_empty() { String::new() } else { format!("{path}.") };
    let arguments: Vec<String> = dressed.get_arguments().map(|a| a.get_id().to_string()).collect();
    for id in arguments {
        dressed = dressed.mut_arg(&id, |arg| argument(arg, &format!("{own}{id}"), words));
    }
    let below: Vec<String> = dressed.get_subcommands().map(|c| c.get_name().to_owned()).collect();
    for name in below {
        dressed = dressed.mut_subcommand(&name, |c| command(c, &format!("{own}{name}"), words));
    }
    dressed
}

/// Where the text of an argument may stand, best first.
fn keys(path: &str, arg: &Arg) -> [String; 3] {
    let id = arg.get_id();
    let optional = if arg.is_positional() && !arg.is_required_set() { "_optional" } else { "" };
    [path.to_owned(), format!("common.{id}{optional}"), format!("common.{id}")]
}

fn argument(arg: Arg, path: &str, words: &Words) -> Arg {
    let id = arg.get_id().to_string();
    let Some(help) = keys(path, &arg).iter().find_map(|key| text(key, words)) else { return arg };
    let value = arg.get_value_names().and_then(|names| names.first()).map_or_else(|| id.to_uppercase(), ToString::to_string);
    let arg = arg.help(help);
    match text(&format!("value.{value}"), words) {
        // clap wants such a name to last as long as the program: a dozen short words.
        Some(name) if arg.get_action().takes_values() => arg.value_name(&*name.leak()),
        _ => arg,
    }
}

fn text(path: &str, words: &Words) -> Option<String> {
    let key = format!("args.{path}");
    words.has(&key).then(|| words.get(&key).into_owned())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// Each command and argument with the keys that may hold its text.
    fn wanted(command: &Command, path: &str, out: &mut Vec<Vec<String>>) {
        let own = if path.is_empty() { String::new() } else { format!("{path}.") };
        out.extend(
            command.get_arguments().filter(|a| !a.is_hide_set()).map(|a| keys(&format!("{own}{}", a.get_id()), a).to_vec()),
        );
        for below in command.get_subcommands().filter(|c| !c.is_hide_set()) {
            let path = format!("{own}{}", below.get_name());
            out.push(vec![path.clone()]);
            wanted(below, &path, out);
        }
    }

    #[test]
    fn every_command_and_argument_has_a_text_and_every_text_has_one() {
        let words = words();
        let dressed = dressed();
        let mut all = vec![];
        wanted(&dressed, "", &mut all);
        assert!(all.len() > 80, "{}", all.len());
        let mut used: BTreeSet<String> = ["about", "first", "all"].map(str::to_owned).into();
        let mut missing = vec![];
        for keys in all {
            match keys.iter().find(|k| words.has(&format!("args.{k}"))) {
                Some(key) => drop(used.insert(key.clone())),
                None => missing.push(keys),
            }
        }
        assert!(missing.is_empty(), "without a text: {missing:#?}");
        let unused: Vec<String> = words
            .keys()
            .filter_map(|k| k.strip_prefix("args."))
            .filter(|k| !used.contains(*k) && !k.starts_with("value."))
            .map(str::to_owned)
            .collect();
        assert!(unused.is_empty(), "of no command: {unused:#?}");
    }

    #[test]
    fn every_text_is_shown_by_its_command() {
        let mut root = dressed();
        root.build();
        fn walk(command: &mut Command) {
            let help = command.render_long_help().to_string();
            assert!(!help.contains('⟨'), "{help}");
            let about = command.get_about().map(ToString::to_string).unwrap_or_default();
            assert!(about.split_whitespace().count() > 2, "{} says nothing: {help}", command.get_name());
            for below in command.get_subcommands_mut() {
                walk(below);
            }
        }
        walk(&mut root);
    }

    #[test]
    fn the_first_screen_fits_and_begins_with_danger() {
        let help = dressed().render_help().to_string();
        assert!(help.starts_with(&*words().get("danger.now")), "{help}");
        assert!(help.lines().all(|line| line.chars().count() <= 80), "{help}");
        // The prompt of the shell takes the last line.
        assert!(help.lines().count() <= 23, "{} lines\n{help}", help.lines().count());
    }
}

//! iCalendar: one event is one group.

use unlisted_model::text::Role;

use super::vcard::{Property, split, unfolded};
use super::writer::Writer;

/// Reads every event; the name of the calendar is the title.
pub(super) fn read(text: &str, writer: &mut Writer) -> Option<String> {
    let mut title = None;
    let mut group = writer.groups.fresh();
    for (line, at) in unfolded(text) {
        if writer.full {
            break;
        }
        let Some(property) = Property::of(&line) else { continue };
        let value = split(&property.value, '\0').concat();
        let at = at + property.value_at;
        let label = match property.name.as_str() {
            "begin" => {
                group = writer.groups.fresh();
                continue;
            }
            "x-wr-calname" => {
                title.get_or_insert(value.clone());
                "calendar"
            }
            "summary" => "summary",
            "description" => "description",
            "location" => "location",
            "comment" => "comment",
            "contact" => "contact",
            "organizer" => "organiser",
            "attendee" => "attendee",
            "geo" => "place",
            "url" => "url",
            "dtstart" => "start",
            _ => continue,
        };
        if let Some(name) = &property.common_name {
            writer.push(Role::Key, Some("name"), group, name, at);
        }
        let value = value.strip_prefix("mailto:").or_else(|| value.strip_prefix("MAILTO:")).unwrap_or(&value);
        writer.push(Role::Key, Some(label), group, value, at);
    }
    title.filter(|t| !t.trim().is_empty())
}

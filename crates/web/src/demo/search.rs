//! A search engine in the shape of SearXNG's JSON, for one invented person.
//!
//! The shape: <https://docs.searxng.org/dev/search_api.html>, with the members that version 2026 sends.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::page::BadPage;

/// What the search engine knows (`results.txt`).
#[derive(Clone, Debug, Default)]
pub(crate) struct Results {
    rows: Vec<Row>,
    /// Questions with one of these words have no results.
    empty: BTreeSet<String>,
    /// Questions with one of these words have no results, and the engines behind did not answer.
    silent: BTreeSet<String>,
}

#[derive(Clone, Debug, Default)]
struct Row {
    /// Any of these sets of words must stand in the question.
    words: Vec<BTreeSet<String>>,
    url: String,
    title: String,
    content: String,
}

impl Results {
    /// Reads the rows.
    ///
    /// # Errors
    /// The line that cannot be read.
    pub(crate) fn parse(text: &str) -> Result<Self, BadPage> {
        let mut out = Self::default();
        let mut row: Option<Row> = None;
        let bad = |line: usize, what: &str| BadPage { line, what: what.to_owned() };
        for (at, line) in text.lines().enumerate() {
            let (line, at) = (line.trim(), at + 1);
            if line.is_empty() {
                out.rows.extend(row.take());
                continue;
            }
            if line.starts_with('#') {
                continue;
            }
            let (name, value) = line.split_once(':').ok_or_else(|| bad(at, "write `name: value`"))?;
            let value = value.trim();
            match name.trim() {
                "empty" => out.empty.extend(words(value)),
                "silent" => out.silent.extend(words(value)),
                "words" => {
                    out.rows.extend(row.take());
                    row = Some(Row { words: value.split('|').map(words).collect(), ..Row::default() });
                }
                name => {
                    let row = row.as_mut().ok_or_else(|| bad(at, "a row begins with `words:`"))?;
                    match name {
                        "url" => value.clone_into(&mut row.url),
                        "title" => value.clone_into(&mut row.title),
                        "content" => value.clone_into(&mut row.content),
                        _ => return Err(bad(at, "a row has words, url, title and content")),
                    }
                }
            }
        }
        out.rows.extend(row);
        match out.rows.iter().position(|r| r.url.is_empty() || r.words.iter().any(BTreeSet::is_empty)) {
            Some(at) => Err(bad(1, &format!("row {} has no url, or an empty choice of words", at + 1))),
            None => Ok(out),
        }
    }

    /// Every address in the table.
    pub(crate) fn urls(&self) -> Vec<&str> {
        self.rows.iter().map(|r| r.url.as_str()).collect()
    }

    /// Status, media type and body for a question, given as a query or as a form's body.
    pub(crate) fn answer(&self, form: &str) -> (u16, &'static str, String) {
        let get = |name: &str| url::form_urlencoded::parse(form.as_bytes()).find(|(n, _)| n == name).map(|(_, v)| v.into_owned());
        let question = get("q").unwrap_or_default();
        if get("format").as_deref() != Some("json") {
            // What SearXNG says when its settings do not name the json format.
            let page = "<!doctype html>\n<html lang=en>\n<title>403 Forbidden</title>\n<h1>Forbidden</h1>\n<p>You don&#39;t have the permission to access the requested resource.</p>\n";
            return (403, "text/html; charset=utf-8", page.to_owned());
        }
        if question.trim().is_empty() {
            return (400, "application/json", json!({ "error": "No query" }).to_string());
        }
        let asked = words(&question);
        let silent = !asked.is_disjoint(&self.silent);
        let none = silent || !asked.is_disjoint(&self.empty) || get("pageno").is_some_and(|p| p != "1");
        let fits = |row: &&Row| !none && row.words.iter().any(|choice| choice.is_subset(&asked));
        let results: Vec<Value> = self.rows.iter().filter(fits).enumerate().map(|(at, row)| row.json(at)).collect();
        let unresponsive =
            if silent { json!([["mojeek", "timeout"], ["brave", "Suspended: too many requests"]]) } else { json!([]) };
        let body = json!({
            "query": question, "results": results, "answers": [], "corrections": [], "infoboxes": [], "suggestions": [],
            "unresponsive_engines": unresponsive,
        });
        (200, "application/json", body.to_string())
    }
}

impl Row {
    fn json(&self, at: usize) -> Value {
        let parsed = url::Url::parse(&self.url).ok();
        let part = |f: fn(&url::Url) -> &str| parsed.as_ref().map_or("", f);
        json!({
            "url": self.url, "title": self.title, "content": self.content,
            "thumbnail": "", "engine": "mojeek", "template": "default.html",
            "parsed_url": [part(url::Url::scheme), part(|u| u.host_str().unwrap_or("")), part(url::Url::path), "", part(|u| u.query().unwrap_or("")), ""],
            "img_src": "", "iframe_src": "", "audio_src": "", "publishedDate": null, "pubdate": "", "length": null,
            "views": "", "author": "", "metadata": "", "priority": "",
            "engines": ["mojeek"], "positions": [at + 1], "score": 1.0 / (1.0 + f64::from(u32::try_from(at).unwrap_or(u32::MAX))),
            "category": "general",
        })
    }
}

fn words(text: &str) -> BTreeSet<String> {
    text.to_lowercase().split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROWS: &str = "# rows\nempty: minutes\nsilent: director\n\nwords: amina castle planning | objection\nurl: https://p.example/1?a=2\ntitle: Comments\ncontent: by A & B \"C\"\n\nwords: castle\nurl: https://c.example/\ntitle: Castle\n";

    fn urls(form: &str) -> (u16, Vec<String>, usize) {
        let (status, _, body) = Results::parse(ROWS).expect("test data").answer(form);
        let body: Value = serde_json::from_str(&body).unwrap_or_default();
        let list = |name: &str| body.get(name).and_then(Value::as_array).cloned().unwrap_or_default();
        let urls = list("results").iter().filter_map(|r| r.get("url")?.as_str().map(str::to_owned)).collect();
        (status, urls, list("unresponsive_engines").len())
    }

    #[test]
    fn results_depend_on_the_words_of_the_question() {
        let both = vec!["https://p.example/1?a=2".to_owned(), "https://c.example/".to_owned()];
        assert_eq!(urls("q=%22Amina+Rose+Castle%22+planning&format=json"), (200, both, 0));
        assert_eq!(urls("format=json&q=castle&pageno=1"), (200, vec!["https://c.example/".to_owned()], 0));
        assert_eq!(urls("format=json&q=castles"), (200, vec![], 0));
        assert_eq!(urls("format=json&q=castle&pageno=2"), (200, vec![], 0));
        assert_eq!(urls("format=json&q=castle+minutes"), (200, vec![], 0));
        assert_eq!(urls("format=json&q=castle+director"), (200, vec![], 2));
        assert_eq!(urls("format=json&q=+").0, 400);
        assert_eq!(urls("q=castle").0, 403);
    }

    #[test]
    fn rows_that_cannot_be_read_name_their_line() {
        for (rows, line) in
            [("url: x", 1), ("words: a\nurl: b\ncolour: c", 3), ("words: a\nno colon", 2), ("words: a\ntitle: t", 1)]
        {
            assert_eq!(Results::parse(rows).err().map(|e| e.line), Some(line), "{rows}");
        }
    }
}
